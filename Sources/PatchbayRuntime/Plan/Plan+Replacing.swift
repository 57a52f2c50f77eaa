package import PatchbayCore

extension Plan {
  /// The same plan with another stage in the place of one, under its name and role.
  package func replacing(_ name: String, with stage: any Stage) -> Plan {
    Plan(
      name: self.name, options: options,
      stages: stages.map { planned in
        planned.name == name
          ? PlannedStage(
            name: name, role: planned.role, type: planned.type, inputs: planned.inputs,
            options: planned.options, stage: stage)
          : planned
      },
      connectionOrder: connectionOrder, connections: connections, thresholds: thresholds,
      variables: variables, secrets: secrets)
  }
}
