// Who writes a stage imports this module alone: options are declared with what it brings along.
@_exported public import PatchbayOptions
