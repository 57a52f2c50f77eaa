// The umbrella: a program that embeds Patchbay imports this and gets what its signatures name.
@_exported public import PatchbayCore
@_exported public import PatchbayJSON
@_exported public import PatchbayRuntime
