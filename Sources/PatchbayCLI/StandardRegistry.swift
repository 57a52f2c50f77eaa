import AuditLog
import ContactCenter
import GenesysCloud
import GenesysSandbox
import HTTPStages
import PatchbayRuntime
import PatchbayStages

extension StageRegistry {
  /// Every stage and connection type of this program.
  static func standard() throws -> StageRegistry {
    var registry = StageRegistry()
    try registry.load(GeneralStagesModule.self)
    try registry.load(ContactCenterModule.self)
    try registry.load(HTTPStagesModule.self)
    try registry.load(GenesysCloudModule.self)
    try registry.load(GenesysSandboxModule.self)
    try registry.load(AuditLogModule.self)
    return registry
  }
}
