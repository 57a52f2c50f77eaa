import AuditLog
import ContactCenter
import ExportStages
import GenesysCloud
import GenesysNotifications
import GenesysSandbox
import HTTPStages
import InstalledPlugins
import PatchbayRuntime
import PatchbayStages
import SubprocessStages

extension StageRegistry {
  /// Every stage and connection type of this program.
  ///
  /// - Parameter withPlugins: whether those in Plugins/ are among them.
  /// - Throws: `PipelineError` if two types claim one name.
  static func standard(withPlugins: Bool = true) throws -> StageRegistry {
    var registry = StageRegistry()
    try registry.load(GeneralStagesModule.self)
    try registry.load(ContactCenterModule.self)
    try registry.load(HTTPStagesModule.self)
    try registry.load(ExportStagesModule.self)
    try registry.load(GenesysCloudModule.self)
    try registry.load(GenesysNotificationsModule.self)
    try registry.load(GenesysSandboxModule.self)
    try registry.load(AuditLogModule.self)
    try registry.load(SubprocessStagesModule.self)
    if withPlugins { try InstalledPlugins.load(into: &registry) }
    return registry
  }
}
