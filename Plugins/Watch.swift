// SwiftPM watches the folder of this file: that is how a build notices a new plugin beside it.
