// Made by scripts/platform-operations. swift-format-ignore-file

extension PlatformOperations {
  /// A path a line, with its methods.
  static let list: StaticString = """
    /api/v2/agentic/virtualagents GET POST
    /api/v2/agentic/virtualagents/{virtualAgentId} GET PATCH
    /api/v2/agentic/virtualagents/{virtualAgentId}/jobs DELETE
    /api/v2/agentic/virtualagents/{virtualAgentId}/jobs/{jobId} GET
    /api/v2/agentic/virtualagents/{virtualAgentId}/versions/{versionId}/jobs POST
    /api/v2/alerting/alerts/all DELETE PATCH
    /api/v2/alerting/alerts/bulk PATCH
    /api/v2/alerting/alerts/query POST
    /api/v2/alerting/alerts/{alertId} DELETE GET PATCH PUT
    /api/v2/alerting/rules POST
    /api/v2/alerting/rules/bulk PATCH
    /api/v2/alerting/rules/bulk/remove POST
    /api/v2/alerting/rules/query POST
    /api/v2/alerting/rules/{ruleId} DELETE GET PUT
    /api/v2/analytics/actions/aggregates/jobs POST
    /api/v2/analytics/actions/aggregates/jobs/{jobId} DELETE GET
    /api/v2/analytics/actions/aggregates/jobs/{jobId}/results GET
    /api/v2/analytics/actions/aggregates/query POST
    /api/v2/analytics/agentcopilots/aggregates/jobs POST
    /api/v2/analytics/agentcopilots/aggregates/jobs/{jobId} DELETE GET
    /api/v2/analytics/agentcopilots/aggregates/jobs/{jobId}/results GET
    /api/v2/analytics/agentcopilots/aggregates/query POST
    /api/v2/analytics/agents/status/counts POST
    /api/v2/analytics/agents/status/query POST
    /api/v2/analytics/agents/{userId}/status GET
    /api/v2/analytics/agentutilizations/aggregates/jobs POST
    /api/v2/analytics/agentutilizations/aggregates/jobs/{jobId} DELETE GET
    /api/v2/analytics/agentutilizations/aggregates/jobs/{jobId}/results GET
    /api/v2/analytics/agentutilizations/aggregates/query POST
    /api/v2/analytics/botflows/{botFlowId}/divisions/reportingturns GET
    /api/v2/analytics/botflows/{botFlowId}/reportingturns GET
    /api/v2/analytics/botflows/{botFlowId}/sessions GET
    /api/v2/analytics/bots/aggregates/jobs POST
    /api/v2/analytics/bots/aggregates/jobs/{jobId} DELETE GET
    /api/v2/analytics/bots/aggregates/jobs/{jobId}/results GET
    /api/v2/analytics/bots/aggregates/query POST
    /api/v2/analytics/casemanagement/aggregates/jobs POST
    /api/v2/analytics/casemanagement/aggregates/jobs/{jobId} DELETE GET
    /api/v2/analytics/casemanagement/aggregates/jobs/{jobId}/results GET
    /api/v2/analytics/casemanagement/aggregates/query POST
    /api/v2/analytics/conversations/activity/query POST
    /api/v2/analytics/conversations/aggregates/jobs POST
    /api/v2/analytics/conversations/aggregates/jobs/{jobId} DELETE GET
    /api/v2/analytics/conversations/aggregates/jobs/{jobId}/results GET
    /api/v2/analytics/conversations/aggregates/query POST
    /api/v2/analytics/conversations/details GET
    /api/v2/analytics/conversations/details/jobs POST
    /api/v2/analytics/conversations/details/jobs/availability GET
    /api/v2/analytics/conversations/details/jobs/{jobId} DELETE GET
    /api/v2/analytics/conversations/details/jobs/{jobId}/results GET
    /api/v2/analytics/conversations/details/query POST
    /api/v2/analytics/conversations/{conversationId}/details GET
    /api/v2/analytics/conversations/{conversationId}/details/properties POST
    /api/v2/analytics/copilots/aggregates/jobs POST
    /api/v2/analytics/copilots/aggregates/jobs/{jobId} DELETE GET
    /api/v2/analytics/copilots/aggregates/jobs/{jobId}/results GET
    /api/v2/analytics/copilots/aggregates/query POST
    /api/v2/analytics/dataextraction/downloads/bulk POST
    /api/v2/analytics/dataextraction/downloads/metadata GET
    /api/v2/analytics/dataextraction/downloads/{downloadId} GET
    /api/v2/analytics/dataretention/settings GET PUT
    /api/v2/analytics/evaluations/aggregates/jobs POST
    /api/v2/analytics/evaluations/aggregates/jobs/{jobId} DELETE GET
    /api/v2/analytics/evaluations/aggregates/jobs/{jobId}/results GET
    /api/v2/analytics/evaluations/aggregates/query POST
    /api/v2/analytics/flowexecutions/aggregates/jobs POST
    /api/v2/analytics/flowexecutions/aggregates/jobs/{jobId} DELETE GET
    /api/v2/analytics/flowexecutions/aggregates/jobs/{jobId}/results GET
    /api/v2/analytics/flowexecutions/aggregates/query POST
    /api/v2/analytics/flows/activity/query POST
    /api/v2/analytics/flows/aggregates/jobs POST
    /api/v2/analytics/flows/aggregates/jobs/{jobId} DELETE GET
    /api/v2/analytics/flows/aggregates/jobs/{jobId}/results GET
    /api/v2/analytics/flows/aggregates/query POST
    /api/v2/analytics/flows/observations/query POST
    /api/v2/analytics/journeys/aggregates/jobs POST
    /api/v2/analytics/journeys/aggregates/jobs/{jobId} DELETE GET
    /api/v2/analytics/journeys/aggregates/jobs/{jobId}/results GET
    /api/v2/analytics/journeys/aggregates/query POST
    /api/v2/analytics/knowledge/aggregates/jobs POST
    /api/v2/analytics/knowledge/aggregates/jobs/{jobId} DELETE GET
    /api/v2/analytics/knowledge/aggregates/jobs/{jobId}/results GET
    /api/v2/analytics/knowledge/aggregates/query POST
    /api/v2/analytics/queues/observations/query POST
    /api/v2/analytics/ratelimits/aggregates/query POST
    /api/v2/analytics/reporting/dashboards/users GET
    /api/v2/analytics/reporting/dashboards/users/bulk/remove POST
    /api/v2/analytics/reporting/dashboards/users/{userId} GET
    /api/v2/analytics/reporting/exports GET POST
    /api/v2/analytics/reporting/exports/metadata GET
    /api/v2/analytics/reporting/settings GET PATCH
    /api/v2/analytics/reporting/settings/dashboards/bulk/remove POST
    /api/v2/analytics/reporting/settings/dashboards/query GET POST
    /api/v2/analytics/reporting/settings/users/{userId}/dashboards GET
    /api/v2/analytics/resolutions/aggregates/jobs POST
    /api/v2/analytics/resolutions/aggregates/jobs/{jobId} DELETE GET
    /api/v2/analytics/resolutions/aggregates/jobs/{jobId}/results GET
    /api/v2/analytics/resolutions/aggregates/query POST
    /api/v2/analytics/routing/activity/query POST
    /api/v2/analytics/summaries/aggregates/jobs POST
    /api/v2/analytics/summaries/aggregates/jobs/{jobId} DELETE GET
    /api/v2/analytics/summaries/aggregates/jobs/{jobId}/results GET
    /api/v2/analytics/summaries/aggregates/query POST
    /api/v2/analytics/surveys/aggregates/jobs POST
    /api/v2/analytics/surveys/aggregates/jobs/{jobId} DELETE GET
    /api/v2/analytics/surveys/aggregates/jobs/{jobId}/results GET
    /api/v2/analytics/surveys/aggregates/query POST
    /api/v2/analytics/taskmanagement/aggregates/jobs POST
    /api/v2/analytics/taskmanagement/aggregates/jobs/{jobId} DELETE GET
    /api/v2/analytics/taskmanagement/aggregates/jobs/{jobId}/results GET
    /api/v2/analytics/taskmanagement/aggregates/query POST
    /api/v2/analytics/taskmanagement/metrics/query POST
    /api/v2/analytics/teams/activity/query POST
    /api/v2/analytics/transcripts/aggregates/jobs POST
    /api/v2/analytics/transcripts/aggregates/jobs/{jobId} DELETE GET
    /api/v2/analytics/transcripts/aggregates/jobs/{jobId}/results GET
    /api/v2/analytics/transcripts/aggregates/query POST
    /api/v2/analytics/users/activity/query POST
    /api/v2/analytics/users/aggregates/jobs POST
    /api/v2/analytics/users/aggregates/jobs/{jobId} DELETE GET
    /api/v2/analytics/users/aggregates/jobs/{jobId}/results GET
    /api/v2/analytics/users/aggregates/query POST
    /api/v2/analytics/users/details/jobs POST
    /api/v2/analytics/users/details/jobs/availability GET
    /api/v2/analytics/users/details/jobs/{jobId} DELETE GET
    /api/v2/analytics/users/details/jobs/{jobId}/results GET
    /api/v2/analytics/users/details/query POST
    /api/v2/analytics/users/observations/query POST
    /api/v2/architect/dependencytracking GET
    /api/v2/architect/dependencytracking/build GET POST
    /api/v2/architect/dependencytracking/consumedresources GET
    /api/v2/architect/dependencytracking/consumingresources GET
    /api/v2/architect/dependencytracking/deletedresourceconsumers GET
    /api/v2/architect/dependencytracking/object GET
    /api/v2/architect/dependencytracking/types GET
    /api/v2/architect/dependencytracking/types/{typeId} GET
    /api/v2/architect/dependencytracking/updatedresourceconsumers GET
    /api/v2/architect/emergencygroups GET POST
    /api/v2/architect/emergencygroups/divisionviews GET
    /api/v2/architect/emergencygroups/{emergencyGroupId} DELETE GET PUT
    /api/v2/architect/grammars GET POST
    /api/v2/architect/grammars/{grammarId} DELETE GET PATCH
    /api/v2/architect/grammars/{grammarId}/languages POST
    /api/v2/architect/grammars/{grammarId}/languages/{languageCode} DELETE GET PATCH
    /api/v2/architect/grammars/{grammarId}/languages/{languageCode}/files/dtmf DELETE POST
    /api/v2/architect/grammars/{grammarId}/languages/{languageCode}/files/voice DELETE POST
    /api/v2/architect/ivrs GET POST
    /api/v2/architect/ivrs/divisionviews GET
    /api/v2/architect/ivrs/{ivrId} DELETE GET PUT
    /api/v2/architect/ivrs/{ivrId}/identityresolution GET PUT
    /api/v2/architect/prompts DELETE GET POST
    /api/v2/architect/prompts/{promptId} DELETE GET PUT
    /api/v2/architect/prompts/{promptId}/history POST
    /api/v2/architect/prompts/{promptId}/history/{historyId} GET
    /api/v2/architect/prompts/{promptId}/resources GET POST
    /api/v2/architect/prompts/{promptId}/resources/{languageCode} DELETE GET PUT
    /api/v2/architect/prompts/{promptId}/resources/{languageCode}/audio DELETE
    /api/v2/architect/prompts/{promptId}/resources/{languageCode}/uploads POST
    /api/v2/architect/schedulegroups GET POST
    /api/v2/architect/schedulegroups/divisionviews GET
    /api/v2/architect/schedulegroups/{scheduleGroupId} DELETE GET PUT
    /api/v2/architect/schedules GET POST
    /api/v2/architect/schedules/divisionviews GET
    /api/v2/architect/schedules/{scheduleId} DELETE GET PUT
    /api/v2/architect/systemprompts GET
    /api/v2/architect/systemprompts/{promptId} GET
    /api/v2/architect/systemprompts/{promptId}/history POST
    /api/v2/architect/systemprompts/{promptId}/history/{historyId} GET
    /api/v2/architect/systemprompts/{promptId}/resources GET POST
    /api/v2/architect/systemprompts/{promptId}/resources/{languageCode} DELETE GET PUT
    /api/v2/architect/systemprompts/{promptId}/resources/{languageCode}/uploads POST
    /api/v2/assistants GET POST
    /api/v2/assistants/agentchecklists GET POST
    /api/v2/assistants/agentchecklists/languages GET
    /api/v2/assistants/agentchecklists/{agentChecklistId} DELETE GET PUT
    /api/v2/assistants/copilot/featuresupport GET
    /api/v2/assistants/queues GET
    /api/v2/assistants/{assistantId} DELETE GET PATCH
    /api/v2/assistants/{assistantId}/copilot GET PUT
    /api/v2/assistants/{assistantId}/queues DELETE GET PATCH
    /api/v2/assistants/{assistantId}/queues/{queueId} DELETE GET PUT
    /api/v2/assistants/{assistantId}/queues/{queueId}/users/bulk/add POST
    /api/v2/assistants/{assistantId}/queues/{queueId}/users/bulk/remove POST
    /api/v2/assistants/{assistantId}/queues/{queueId}/users/jobs POST
    /api/v2/assistants/{assistantId}/queues/{queueId}/users/jobs/{jobId} GET
    /api/v2/assistants/{assistantId}/queues/{queueId}/users/query POST
    /api/v2/assistants/{assistantId}/variations GET POST
    /api/v2/assistants/{assistantId}/variations/{variationId} DELETE GET PUT
    /api/v2/audits/query POST
    /api/v2/audits/query/realtime POST
    /api/v2/audits/query/realtime/related POST
    /api/v2/audits/query/realtime/servicemapping GET
    /api/v2/audits/query/servicemapping GET
    /api/v2/audits/query/{transactionId} GET
    /api/v2/audits/query/{transactionId}/results GET
    /api/v2/authorization/divisions GET POST
    /api/v2/authorization/divisions/deleted GET
    /api/v2/authorization/divisions/home GET
    /api/v2/authorization/divisions/limit GET
    /api/v2/authorization/divisions/query GET
    /api/v2/authorization/divisions/{divisionId} DELETE GET PUT
    /api/v2/authorization/divisions/{divisionId}/grants GET
    /api/v2/authorization/divisions/{divisionId}/objects/{objectType} POST
    /api/v2/authorization/divisions/{divisionId}/restore POST
    /api/v2/authorization/divisionspermitted/me GET
    /api/v2/authorization/divisionspermitted/paged/me GET
    /api/v2/authorization/divisionspermitted/paged/{subjectId} GET
    /api/v2/authorization/permissions GET
    /api/v2/authorization/policies GET
    /api/v2/authorization/policies/subject/{subjectId} GET
    /api/v2/authorization/policies/targets GET
    /api/v2/authorization/policies/targets/{targetName} GET POST PUT
    /api/v2/authorization/policies/targets/{targetName}/subject/{subjectId} DELETE GET
    /api/v2/authorization/policies/targets/{targetName}/validate POST
    /api/v2/authorization/policies/{policyId} GET PUT
    /api/v2/authorization/policies/{policyId}/attributes GET
    /api/v2/authorization/policies/{policyId}/simulate POST
    /api/v2/authorization/products GET
    /api/v2/authorization/roles GET POST
    /api/v2/authorization/roles/default POST PUT
    /api/v2/authorization/roles/settings GET PUT
    /api/v2/authorization/roles/{leftRoleId}/comparedefault/{rightRoleId} GET POST
    /api/v2/authorization/roles/{roleId} DELETE GET PATCH POST PUT
    /api/v2/authorization/roles/{roleId}/subjectgrants GET
    /api/v2/authorization/roles/{roleId}/users GET
    /api/v2/authorization/roles/{roleId}/users/add PUT
    /api/v2/authorization/roles/{roleId}/users/remove PUT
    /api/v2/authorization/settings GET PATCH
    /api/v2/authorization/subjects/me GET
    /api/v2/authorization/subjects/rolecounts GET
    /api/v2/authorization/subjects/{subjectId} GET
    /api/v2/authorization/subjects/{subjectId}/bulkadd POST
    /api/v2/authorization/subjects/{subjectId}/bulkremove POST
    /api/v2/authorization/subjects/{subjectId}/bulkreplace POST
    /api/v2/authorization/subjects/{subjectId}/divisions/{divisionId}/roles/{roleId} DELETE POST
    /api/v2/backgroundassistant/token POST
    /api/v2/billing/contracts GET
    /api/v2/billing/contracts/invoices GET
    /api/v2/billing/contracts/invoices/{invoiceId}/document GET
    /api/v2/billing/contracts/invoices/{invoiceId}/lines GET
    /api/v2/billing/contracts/{contractId} GET
    /api/v2/billing/contracts/{contractId}/billingperiods/{billingPeriodId} GET
    /api/v2/billing/reports/billableusage GET
    /api/v2/billing/trusteebillingoverview/{trustorOrgId} GET
    /api/v2/businessrules/decisiontables GET POST
    /api/v2/businessrules/decisiontables/search GET
    /api/v2/businessrules/decisiontables/{tableId} DELETE GET PATCH
    /api/v2/businessrules/decisiontables/{tableId}/execute POST
    /api/v2/businessrules/decisiontables/{tableId}/exports GET POST
    /api/v2/businessrules/decisiontables/{tableId}/exports/{exportJobId} DELETE GET
    /api/v2/businessrules/decisiontables/{tableId}/imports GET POST
    /api/v2/businessrules/decisiontables/{tableId}/imports/{importJobId} DELETE GET PATCH
    /api/v2/businessrules/decisiontables/{tableId}/versions GET POST
    /api/v2/businessrules/decisiontables/{tableId}/versions/{tableVersion} DELETE GET PATCH
    /api/v2/businessrules/decisiontables/{tableId}/versions/{tableVersion}/copy POST
    /api/v2/businessrules/decisiontables/{tableId}/versions/{tableVersion}/execute POST
    /api/v2/businessrules/decisiontables/{tableId}/versions/{tableVersion}/publish PUT
    /api/v2/businessrules/decisiontables/{tableId}/versions/{tableVersion}/rollback POST
    /api/v2/businessrules/decisiontables/{tableId}/versions/{tableVersion}/rows GET POST
    /api/v2/businessrules/decisiontables/{tableId}/versions/{tableVersion}/rows/bulk/add POST
    /api/v2/businessrules/decisiontables/{tableId}/versions/{tableVersion}/rows/bulk/remove POST
    /api/v2/businessrules/decisiontables/{tableId}/versions/{tableVersion}/rows/bulk/update POST
    /api/v2/businessrules/decisiontables/{tableId}/versions/{tableVersion}/rows/search POST
    /api/v2/businessrules/decisiontables/{tableId}/versions/{tableVersion}/rows/{rowId} DELETE GET PUT
    /api/v2/businessrules/decisiontables/{tableId}/versions/{tableVersion}/snapshot DELETE POST
    /api/v2/businessrules/decisiontables/{tableId}/versions/{tableVersion}/sync POST
    /api/v2/businessrules/schemas GET POST
    /api/v2/businessrules/schemas/coretypes GET
    /api/v2/businessrules/schemas/coretypes/{coreTypeName} GET
    /api/v2/businessrules/schemas/{schemaId} DELETE GET PUT
    /api/v2/businessrules/schemas/{schemaId}/versions GET
    /api/v2/businessrules/schemas/{schemaId}/versions/{schemaVersion} GET
    /api/v2/carrierservices/integrations/emergencylocations/me GET POST
    /api/v2/casemanagement/caseplans GET POST
    /api/v2/casemanagement/caseplans/query POST
    /api/v2/casemanagement/caseplans/{caseplanId} DELETE GET PATCH
    /api/v2/casemanagement/caseplans/{caseplanId}/dataschemas POST
    /api/v2/casemanagement/caseplans/{caseplanId}/dataschemas/{schemaKeyName} DELETE PUT
    /api/v2/casemanagement/caseplans/{caseplanId}/intakesettings PUT
    /api/v2/casemanagement/caseplans/{caseplanId}/publish POST
    /api/v2/casemanagement/caseplans/{caseplanId}/stageplans POST
    /api/v2/casemanagement/caseplans/{caseplanId}/stageplans/{stageplanId} DELETE PATCH
    /api/v2/casemanagement/caseplans/{caseplanId}/stageplans/{stageplanId}/reposition POST
    /api/v2/casemanagement/caseplans/{caseplanId}/stageplans/{stageplanId}/stepplans/{stepplanId} PATCH
    /api/v2/casemanagement/caseplans/{caseplanId}/versions POST
    /api/v2/casemanagement/caseplans/{caseplanId}/versions/{versionId} GET
    /api/v2/casemanagement/caseplans/{caseplanId}/versions/{versionId}/dataschemas GET
    /api/v2/casemanagement/caseplans/{caseplanId}/versions/{versionId}/intakesettings GET
    /api/v2/casemanagement/caseplans/{caseplanId}/versions/{versionId}/stageplans GET
    /api/v2/casemanagement/caseplans/{caseplanId}/versions/{versionId}/stageplans/{stageplanId} GET
    /api/v2/casemanagement/caseplans/{caseplanId}/versions/{versionId}/stageplans/{stageplanId}/stepplans GET
    /api/v2/casemanagement/caseplans/{caseplanId}/versions/{versionId}/stageplans/{stageplanId}/stepplans/{stepplanId} GET
    /api/v2/casemanagement/cases POST
    /api/v2/casemanagement/cases/associations/query POST
    /api/v2/casemanagement/cases/externalcontacts/{externalContactId} GET
    /api/v2/casemanagement/cases/query/jobs POST
    /api/v2/casemanagement/cases/query/jobs/{jobId} GET
    /api/v2/casemanagement/cases/query/jobs/{jobId}/results GET
    /api/v2/casemanagement/cases/references/{referenceId} GET
    /api/v2/casemanagement/cases/{caseId} DELETE GET
    /api/v2/casemanagement/cases/{caseId}/associations GET POST
    /api/v2/casemanagement/cases/{caseId}/associations/{associationId} GET
    /api/v2/casemanagement/cases/{caseId}/comments GET POST
    /api/v2/casemanagement/cases/{caseId}/comments/me/{commentId} DELETE
    /api/v2/casemanagement/cases/{caseId}/comments/{commentId} GET
    /api/v2/casemanagement/cases/{caseId}/datedue PATCH
    /api/v2/casemanagement/cases/{caseId}/description PATCH
    /api/v2/casemanagement/cases/{caseId}/externalid PATCH
    /api/v2/casemanagement/cases/{caseId}/owner PATCH
    /api/v2/casemanagement/cases/{caseId}/priority PATCH
    /api/v2/casemanagement/cases/{caseId}/stages GET
    /api/v2/casemanagement/cases/{caseId}/stages/{stageId} GET
    /api/v2/casemanagement/cases/{caseId}/stages/{stageId}/steps GET
    /api/v2/casemanagement/cases/{caseId}/stages/{stageId}/steps/{stepId} GET
    /api/v2/casemanagement/cases/{caseId}/summary PATCH
    /api/v2/casemanagement/cases/{caseId}/terminate/jobs POST
    /api/v2/casemanagement/cases/{caseId}/terminate/jobs/{jobId} GET
    /api/v2/certificate/details POST
    /api/v2/chats/messages/{messageId} GET
    /api/v2/chats/messages/{messageId}/reactions PUT
    /api/v2/chats/rooms POST
    /api/v2/chats/rooms/{roomJid} GET PATCH
    /api/v2/chats/rooms/{roomJid}/messages GET POST
    /api/v2/chats/rooms/{roomJid}/messages/pins POST
    /api/v2/chats/rooms/{roomJid}/messages/pins/{pinnedMessageId} DELETE
    /api/v2/chats/rooms/{roomJid}/messages/{messageIds} GET
    /api/v2/chats/rooms/{roomJid}/messages/{messageId} DELETE PATCH
    /api/v2/chats/rooms/{roomJid}/participants GET
    /api/v2/chats/rooms/{roomJid}/participants/{participantJid} GET
    /api/v2/chats/rooms/{roomJid}/participants/{userId} DELETE POST
    /api/v2/chats/settings GET PATCH PUT
    /api/v2/chats/threads/{threadId}/messages GET
    /api/v2/chats/users/me/settings DELETE GET PATCH POST
    /api/v2/chats/users/{userId} GET
    /api/v2/chats/users/{userId}/messages GET POST
    /api/v2/chats/users/{userId}/messages/pins POST
    /api/v2/chats/users/{userId}/messages/pins/{pinnedMessageId} DELETE
    /api/v2/chats/users/{userId}/messages/{messageIds} GET
    /api/v2/chats/users/{userId}/messages/{messageId} DELETE PATCH
    /api/v2/chats/users/{userId}/settings GET PATCH
    /api/v2/coaching/appointments GET POST
    /api/v2/coaching/appointments/aggregates/query POST
    /api/v2/coaching/appointments/me GET
    /api/v2/coaching/appointments/{appointmentId} DELETE GET PATCH
    /api/v2/coaching/appointments/{appointmentId}/annotations GET POST
    /api/v2/coaching/appointments/{appointmentId}/annotations/{annotationId} DELETE GET PATCH
    /api/v2/coaching/appointments/{appointmentId}/conversations POST
    /api/v2/coaching/appointments/{appointmentId}/status PATCH
    /api/v2/coaching/appointments/{appointmentId}/statuses GET
    /api/v2/coaching/notifications GET
    /api/v2/coaching/notifications/{notificationId} GET PATCH
    /api/v2/coaching/scheduleslots/jobs POST
    /api/v2/coaching/scheduleslots/jobs/{jobId} GET
    /api/v2/coaching/scheduleslots/query POST
    /api/v2/contentmanagement/documents GET POST
    /api/v2/contentmanagement/documents/{documentId} DELETE GET POST
    /api/v2/contentmanagement/documents/{documentId}/content GET POST
    /api/v2/contentmanagement/query GET POST
    /api/v2/contentmanagement/securityprofiles GET
    /api/v2/contentmanagement/securityprofiles/{securityProfileId} GET
    /api/v2/contentmanagement/shared/{sharedId} GET
    /api/v2/contentmanagement/shares GET POST
    /api/v2/contentmanagement/shares/{shareId} DELETE GET
    /api/v2/contentmanagement/status GET
    /api/v2/contentmanagement/status/{statusId} DELETE GET
    /api/v2/contentmanagement/usage GET
    /api/v2/contentmanagement/workspaces GET POST
    /api/v2/contentmanagement/workspaces/{workspaceId} DELETE GET PUT
    /api/v2/contentmanagement/workspaces/{workspaceId}/documents GET
    /api/v2/contentmanagement/workspaces/{workspaceId}/members GET
    /api/v2/contentmanagement/workspaces/{workspaceId}/members/{memberId} DELETE GET PUT
    /api/v2/contentmanagement/workspaces/{workspaceId}/tagvalues GET POST
    /api/v2/contentmanagement/workspaces/{workspaceId}/tagvalues/query POST
    /api/v2/contentmanagement/workspaces/{workspaceId}/tagvalues/{tagId} DELETE GET PUT
    /api/v2/conversations GET
    /api/v2/conversations/aftercallwork/{conversationId}/participants/{participantId}/communications/{communicationId} PATCH
    /api/v2/conversations/callbacks GET PATCH POST
    /api/v2/conversations/callbacks/bulk/disconnect POST
    /api/v2/conversations/callbacks/bulk/update POST
    /api/v2/conversations/callbacks/{conversationId} GET PATCH
    /api/v2/conversations/callbacks/{conversationId}/participants/{participantId} PATCH
    /api/v2/conversations/callbacks/{conversationId}/participants/{participantId}/attributes PATCH
    /api/v2/conversations/callbacks/{conversationId}/participants/{participantId}/communications/{communicationId} PATCH
    /api/v2/conversations/callbacks/{conversationId}/participants/{participantId}/communications/{communicationId}/wrapup GET POST
    /api/v2/conversations/callbacks/{conversationId}/participants/{participantId}/replace POST
    /api/v2/conversations/callbacks/{conversationId}/participants/{participantId}/wrapup GET
    /api/v2/conversations/callbacks/{conversationId}/participants/{participantId}/wrapupcodes GET
    /api/v2/conversations/callbacks/{conversationId}/recordingstate PUT
    /api/v2/conversations/calls GET POST
    /api/v2/conversations/calls/history GET
    /api/v2/conversations/calls/maximumconferenceparties GET
    /api/v2/conversations/calls/user/{userId} POST
    /api/v2/conversations/calls/{conversationId} GET PATCH POST
    /api/v2/conversations/calls/{conversationId}/conference PATCH
    /api/v2/conversations/calls/{conversationId}/participants POST
    /api/v2/conversations/calls/{conversationId}/participants/user/{userId} POST
    /api/v2/conversations/calls/{conversationId}/participants/{participantId} PATCH
    /api/v2/conversations/calls/{conversationId}/participants/{participantId}/attributes PATCH
    /api/v2/conversations/calls/{conversationId}/participants/{participantId}/barge POST
    /api/v2/conversations/calls/{conversationId}/participants/{participantId}/coach POST
    /api/v2/conversations/calls/{conversationId}/participants/{participantId}/communications/{communicationId} PATCH
    /api/v2/conversations/calls/{conversationId}/participants/{participantId}/communications/{communicationId}/postflowaction DELETE PATCH
    /api/v2/conversations/calls/{conversationId}/participants/{participantId}/communications/{communicationId}/summaries POST
    /api/v2/conversations/calls/{conversationId}/participants/{participantId}/communications/{communicationId}/uuidata PUT
    /api/v2/conversations/calls/{conversationId}/participants/{participantId}/communications/{communicationId}/wrapup GET POST
    /api/v2/conversations/calls/{conversationId}/participants/{participantId}/consult DELETE PATCH POST
    /api/v2/conversations/calls/{conversationId}/participants/{participantId}/consult/agent POST
    /api/v2/conversations/calls/{conversationId}/participants/{participantId}/consult/contact/external POST
    /api/v2/conversations/calls/{conversationId}/participants/{participantId}/consult/external POST
    /api/v2/conversations/calls/{conversationId}/participants/{participantId}/consult/queue POST
    /api/v2/conversations/calls/{conversationId}/participants/{participantId}/monitor POST
    /api/v2/conversations/calls/{conversationId}/participants/{participantId}/replace POST
    /api/v2/conversations/calls/{conversationId}/participants/{participantId}/snippet/record POST
    /api/v2/conversations/calls/{conversationId}/participants/{participantId}/user/{userId} PATCH
    /api/v2/conversations/calls/{conversationId}/participants/{participantId}/voice/consult POST
    /api/v2/conversations/calls/{conversationId}/participants/{participantId}/wrapup GET
    /api/v2/conversations/calls/{conversationId}/participants/{participantId}/wrapupcodes GET
    /api/v2/conversations/calls/{conversationId}/recordingstate PUT
    /api/v2/conversations/cobrowsesessions GET
    /api/v2/conversations/cobrowsesessions/{conversationId} GET PATCH
    /api/v2/conversations/cobrowsesessions/{conversationId}/participants/{participantId} PATCH
    /api/v2/conversations/cobrowsesessions/{conversationId}/participants/{participantId}/attributes PATCH
    /api/v2/conversations/cobrowsesessions/{conversationId}/participants/{participantId}/communications/{communicationId} PATCH
    /api/v2/conversations/cobrowsesessions/{conversationId}/participants/{participantId}/communications/{communicationId}/wrapup GET POST
    /api/v2/conversations/cobrowsesessions/{conversationId}/participants/{participantId}/replace POST
    /api/v2/conversations/cobrowsesessions/{conversationId}/participants/{participantId}/wrapup GET
    /api/v2/conversations/cobrowsesessions/{conversationId}/participants/{participantId}/wrapupcodes GET
    /api/v2/conversations/cobrowsesessions/{conversationId}/recordingstate PUT
    /api/v2/conversations/customattributes/schemas GET POST
    /api/v2/conversations/customattributes/schemas/coretypes GET
    /api/v2/conversations/customattributes/schemas/coretypes/{coreTypeName} GET
    /api/v2/conversations/customattributes/schemas/limits GET
    /api/v2/conversations/customattributes/schemas/{schemaId} GET PUT
    /api/v2/conversations/customattributes/schemas/{schemaId}/versions GET
    /api/v2/conversations/customattributes/schemas/{schemaId}/versions/{versionId} GET
    /api/v2/conversations/customattributes/search POST
    /api/v2/conversations/emails GET POST
    /api/v2/conversations/emails/agentless POST
    /api/v2/conversations/emails/{conversationId} GET PATCH
    /api/v2/conversations/emails/{conversationId}/inboundmessages POST
    /api/v2/conversations/emails/{conversationId}/messages GET POST
    /api/v2/conversations/emails/{conversationId}/messages/draft GET PATCH PUT
    /api/v2/conversations/emails/{conversationId}/messages/draft/attachments/copy POST
    /api/v2/conversations/emails/{conversationId}/messages/draft/attachments/uploads POST
    /api/v2/conversations/emails/{conversationId}/messages/draft/attachments/{attachmentId} DELETE
    /api/v2/conversations/emails/{conversationId}/messages/{messageId} GET
    /api/v2/conversations/emails/{conversationId}/participants/{participantId} PATCH
    /api/v2/conversations/emails/{conversationId}/participants/{participantId}/attributes PATCH
    /api/v2/conversations/emails/{conversationId}/participants/{participantId}/communications/{communicationId} PATCH
    /api/v2/conversations/emails/{conversationId}/participants/{participantId}/communications/{communicationId}/wrapup GET POST
    /api/v2/conversations/emails/{conversationId}/participants/{participantId}/parkingstate PATCH
    /api/v2/conversations/emails/{conversationId}/participants/{participantId}/replace POST
    /api/v2/conversations/emails/{conversationId}/participants/{participantId}/wrapup GET
    /api/v2/conversations/emails/{conversationId}/participants/{participantId}/wrapupcodes GET
    /api/v2/conversations/emails/{conversationId}/reconnect POST
    /api/v2/conversations/emails/{conversationId}/recordingstate PUT
    /api/v2/conversations/emails/{conversationId}/settings GET
    /api/v2/conversations/faxes POST
    /api/v2/conversations/internalmessages GET
    /api/v2/conversations/internalmessages/{conversationId} GET
    /api/v2/conversations/keyconfigurations GET POST
    /api/v2/conversations/keyconfigurations/validate POST
    /api/v2/conversations/keyconfigurations/{keyconfigurationsId} GET PUT
    /api/v2/conversations/messages GET POST
    /api/v2/conversations/messages/agentless POST
    /api/v2/conversations/messages/cachedmedia GET
    /api/v2/conversations/messages/cachedmedia/{cachedMediaItemId} DELETE GET
    /api/v2/conversations/messages/inbound/open POST
    /api/v2/conversations/messages/{conversationId} GET PATCH
    /api/v2/conversations/messages/{conversationId}/communications/{communicationId}/messages POST
    /api/v2/conversations/messages/{conversationId}/communications/{communicationId}/messages/media GET POST
    /api/v2/conversations/messages/{conversationId}/communications/{communicationId}/messages/media/uploads POST
    /api/v2/conversations/messages/{conversationId}/communications/{communicationId}/messages/media/{mediaId} GET
    /api/v2/conversations/messages/{conversationId}/communications/{communicationId}/socialmedia/messages POST
    /api/v2/conversations/messages/{conversationId}/communications/{communicationId}/typing POST
    /api/v2/conversations/messages/{conversationId}/messages/bulk POST
    /api/v2/conversations/messages/{conversationId}/messages/{messageId} GET
    /api/v2/conversations/messages/{conversationId}/participants/{participantId} PATCH
    /api/v2/conversations/messages/{conversationId}/participants/{participantId}/attributes PATCH
    /api/v2/conversations/messages/{conversationId}/participants/{participantId}/communications/{communicationId} PATCH
    /api/v2/conversations/messages/{conversationId}/participants/{participantId}/communications/{communicationId}/summaries POST
    /api/v2/conversations/messages/{conversationId}/participants/{participantId}/communications/{communicationId}/wrapup GET POST
    /api/v2/conversations/messages/{conversationId}/participants/{participantId}/monitor POST
    /api/v2/conversations/messages/{conversationId}/participants/{participantId}/parkingstate PATCH
    /api/v2/conversations/messages/{conversationId}/participants/{participantId}/replace POST
    /api/v2/conversations/messages/{conversationId}/participants/{participantId}/takeover POST
    /api/v2/conversations/messages/{conversationId}/participants/{participantId}/wrapup GET
    /api/v2/conversations/messages/{conversationId}/participants/{participantId}/wrapupcodes GET
    /api/v2/conversations/messages/{conversationId}/recordingstate PUT
    /api/v2/conversations/messages/{integrationId}/inbound/open/event POST
    /api/v2/conversations/messages/{integrationId}/inbound/open/message POST
    /api/v2/conversations/messages/{integrationId}/inbound/open/receipt POST
    /api/v2/conversations/messages/{integrationId}/inbound/open/structured/response POST
    /api/v2/conversations/messages/{messageId}/details GET
    /api/v2/conversations/messaging/facebook/app GET
    /api/v2/conversations/messaging/facebook/permissions GET
    /api/v2/conversations/messaging/identityresolution/integrations/apple/{integrationId} GET PUT
    /api/v2/conversations/messaging/identityresolution/integrations/facebook/{integrationId} GET PUT
    /api/v2/conversations/messaging/identityresolution/integrations/instagram/{integrationId} GET PUT
    /api/v2/conversations/messaging/identityresolution/integrations/open/{integrationId} GET PUT
    /api/v2/conversations/messaging/identityresolution/integrations/twitter/{integrationId} GET PUT
    /api/v2/conversations/messaging/identityresolution/integrations/whatsapp/{integrationId} GET PUT
    /api/v2/conversations/messaging/integrations GET
    /api/v2/conversations/messaging/integrations/apple GET POST
    /api/v2/conversations/messaging/integrations/apple/{integrationId} DELETE GET PATCH
    /api/v2/conversations/messaging/integrations/facebook GET POST
    /api/v2/conversations/messaging/integrations/facebook/{integrationId} DELETE GET PATCH
    /api/v2/conversations/messaging/integrations/instagram GET POST
    /api/v2/conversations/messaging/integrations/instagram/{integrationId} DELETE GET PATCH
    /api/v2/conversations/messaging/integrations/open GET POST
    /api/v2/conversations/messaging/integrations/open/extensions/googlebusinessprofile POST
    /api/v2/conversations/messaging/integrations/open/extensions/googlebusinessprofile/oauth/settings GET
    /api/v2/conversations/messaging/integrations/open/extensions/googlebusinessprofile/tokens POST
    /api/v2/conversations/messaging/integrations/open/extensions/googlebusinessprofile/tokens/{tokenId} GET
    /api/v2/conversations/messaging/integrations/open/extensions/googlebusinessprofile/tokens/{tokenId}/accounts GET
    /api/v2/conversations/messaging/integrations/open/extensions/googlebusinessprofile/{integrationId} DELETE GET PATCH
    /api/v2/conversations/messaging/integrations/open/{integrationId} DELETE GET PATCH
    /api/v2/conversations/messaging/integrations/twitter GET POST
    /api/v2/conversations/messaging/integrations/twitter/oauth/settings GET
    /api/v2/conversations/messaging/integrations/twitter/{integrationId} DELETE GET PATCH
    /api/v2/conversations/messaging/integrations/whatsapp GET POST
    /api/v2/conversations/messaging/integrations/whatsapp/embeddedsignup POST
    /api/v2/conversations/messaging/integrations/whatsapp/embeddedsignup/{integrationId} PATCH
    /api/v2/conversations/messaging/integrations/whatsapp/{integrationId} DELETE GET PATCH
    /api/v2/conversations/messaging/integrations/{integrationId}/twitter/oauth/settings GET
    /api/v2/conversations/messaging/oauth/apple/callback GET
    /api/v2/conversations/messaging/settings GET POST
    /api/v2/conversations/messaging/settings/default DELETE GET PUT
    /api/v2/conversations/messaging/settings/{messageSettingId} DELETE GET PATCH
    /api/v2/conversations/messaging/supportedcontent GET POST
    /api/v2/conversations/messaging/supportedcontent/default GET PUT
    /api/v2/conversations/messaging/supportedcontent/{supportedContentId} DELETE GET PATCH
    /api/v2/conversations/messaging/threadingtimeline GET PUT
    /api/v2/conversations/participants/attributes/search POST
    /api/v2/conversations/screenshares/{conversationId}/participants/{participantId}/communications/{communicationId}/wrapup GET POST
    /api/v2/conversations/screenshares/{conversationId}/recordingstate PUT
    /api/v2/conversations/settings GET PATCH
    /api/v2/conversations/socials/{conversationId}/participants/{participantId}/communications/{communicationId}/wrapup GET POST
    /api/v2/conversations/socials/{conversationId}/recordingstate PUT
    /api/v2/conversations/summaries/preview POST
    /api/v2/conversations/summaries/settings GET POST
    /api/v2/conversations/summaries/settings/{summarySettingId} DELETE GET PUT
    /api/v2/conversations/videos/meetings POST
    /api/v2/conversations/videos/meetings/{meetingId} GET
    /api/v2/conversations/videos/{conferenceId}/details GET
    /api/v2/conversations/videos/{conversationId}/agentconference/communications/{communicationId} POST
    /api/v2/conversations/videos/{conversationId}/participants/{participantId}/communications/{communicationId}/wrapup GET POST
    /api/v2/conversations/videos/{conversationId}/recordingstate PUT
    /api/v2/conversations/{conversationId} DELETE GET
    /api/v2/conversations/{conversationId}/accessattributes GET PUT
    /api/v2/conversations/{conversationId}/assign POST
    /api/v2/conversations/{conversationId}/assistant/copilotcontext GET
    /api/v2/conversations/{conversationId}/barge POST
    /api/v2/conversations/{conversationId}/cobrowse POST
    /api/v2/conversations/{conversationId}/communications/{communicationId}/agentchecklists GET
    /api/v2/conversations/{conversationId}/communications/{communicationId}/agentchecklists/finalize POST
    /api/v2/conversations/{conversationId}/communications/{communicationId}/agentchecklists/{agentChecklistId} GET POST
    /api/v2/conversations/{conversationId}/communications/{communicationId}/agentchecklists/{agentChecklistId}/agentaction POST
    /api/v2/conversations/{conversationId}/communications/{communicationId}/agentchecklists/{agentChecklistId}/jobs POST
    /api/v2/conversations/{conversationId}/communications/{communicationId}/agentchecklists/{agentChecklistId}/jobs/{jobId} GET
    /api/v2/conversations/{conversationId}/communications/{communicationId}/internalmessages GET POST
    /api/v2/conversations/{conversationId}/communications/{communicationId}/internalmessages/{messageId} GET
    /api/v2/conversations/{conversationId}/customattributes GET PATCH PUT
    /api/v2/conversations/{conversationId}/customattributes/bulk PATCH PUT
    /api/v2/conversations/{conversationId}/customattributes/{attributesId} DELETE GET
    /api/v2/conversations/{conversationId}/disconnect POST
    /api/v2/conversations/{conversationId}/participants/{participantId} PATCH
    /api/v2/conversations/{conversationId}/participants/{participantId}/attributes PATCH
    /api/v2/conversations/{conversationId}/participants/{participantId}/callbacks POST
    /api/v2/conversations/{conversationId}/participants/{participantId}/codes/{addCommunicationCode} DELETE
    /api/v2/conversations/{conversationId}/participants/{participantId}/digits POST
    /api/v2/conversations/{conversationId}/participants/{participantId}/flaggedreason DELETE PUT
    /api/v2/conversations/{conversationId}/participants/{participantId}/internalmessages/users/communications POST
    /api/v2/conversations/{conversationId}/participants/{participantId}/replace POST
    /api/v2/conversations/{conversationId}/participants/{participantId}/replace/agent POST
    /api/v2/conversations/{conversationId}/participants/{participantId}/replace/contact/external POST
    /api/v2/conversations/{conversationId}/participants/{participantId}/replace/external POST
    /api/v2/conversations/{conversationId}/participants/{participantId}/replace/queue POST
    /api/v2/conversations/{conversationId}/participants/{participantId}/screenmonitors/sessions POST
    /api/v2/conversations/{conversationId}/participants/{participantId}/screenmonitors/sessions/{screenMonitoringId} DELETE GET
    /api/v2/conversations/{conversationId}/participants/{participantId}/secureivrsessions GET POST
    /api/v2/conversations/{conversationId}/participants/{participantId}/secureivrsessions/{secureSessionId} GET
    /api/v2/conversations/{conversationId}/participants/{participantId}/transfer POST
    /api/v2/conversations/{conversationId}/participants/{participantId}/wrapup GET
    /api/v2/conversations/{conversationId}/participants/{participantId}/wrapupcodes GET
    /api/v2/conversations/{conversationId}/recordingmetadata GET
    /api/v2/conversations/{conversationId}/recordingmetadata/{recordingId} GET
    /api/v2/conversations/{conversationId}/recordings GET
    /api/v2/conversations/{conversationId}/recordings/{recordingId} GET PUT
    /api/v2/conversations/{conversationId}/recordings/{recordingId}/annotations GET POST
    /api/v2/conversations/{conversationId}/recordings/{recordingId}/annotations/{annotationId} DELETE GET PUT
    /api/v2/conversations/{conversationId}/recordingstate PATCH
    /api/v2/conversations/{conversationId}/secureattributes GET PATCH PUT
    /api/v2/conversations/{conversationId}/suggestions GET
    /api/v2/conversations/{conversationId}/suggestions/feedback POST
    /api/v2/conversations/{conversationId}/suggestions/{suggestionId} GET PATCH
    /api/v2/conversations/{conversationId}/suggestions/{suggestionId}/engagement POST
    /api/v2/conversations/{conversationId}/summaries GET
    /api/v2/conversations/{conversationId}/summaries/{summaryId}/engagements PATCH
    /api/v2/conversations/{conversationId}/summaries/{summaryId}/feedback PATCH POST
    /api/v2/conversations/{conversationId}/tags PUT
    /api/v2/conversations/{conversationId}/utilizationlabel PATCH
    /api/v2/dataextensions/coretypes GET
    /api/v2/dataextensions/coretypes/{coretypeName} GET
    /api/v2/dataextensions/limits GET
    /api/v2/dataprivacy/maskingrules GET POST
    /api/v2/dataprivacy/maskingrules/validate POST
    /api/v2/dataprivacy/maskingrules/{ruleId} DELETE GET PATCH
    /api/v2/date GET
    /api/v2/dependencies/type/{entityType}/id/{entityId}/connections/requiredby GET
    /api/v2/dependencies/type/{entityType}/id/{entityId}/connections/requiredbycounts GET
    /api/v2/dependencies/type/{entityType}/id/{entityId}/connections/requires GET
    /api/v2/diagnostics/logcapture/browser/entries/download/jobs POST
    /api/v2/diagnostics/logcapture/browser/entries/download/jobs/{jobId} GET
    /api/v2/diagnostics/logcapture/browser/entries/query POST
    /api/v2/diagnostics/logcapture/browser/users GET
    /api/v2/diagnostics/logcapture/browser/users/{userId} DELETE GET POST
    /api/v2/documentation/all/search POST
    /api/v2/documentation/gkn/search GET POST
    /api/v2/documentation/search GET POST
    /api/v2/downloads/{downloadId} GET
    /api/v2/emails/settings GET PATCH
    /api/v2/emails/settings/threading DELETE GET PATCH
    /api/v2/employeeengagement/celebrations GET
    /api/v2/employeeengagement/celebrations/{celebrationId} DELETE PATCH
    /api/v2/employeeengagement/recognitions GET POST
    /api/v2/employeeengagement/recognitions/{recognitionId} GET
    /api/v2/employeeperformance/externalmetrics/data POST
    /api/v2/employeeperformance/externalmetrics/definitions GET POST
    /api/v2/employeeperformance/externalmetrics/definitions/{metricId} DELETE GET PATCH
    /api/v2/events/conversations POST
    /api/v2/events/routing/customkpiattributions POST
    /api/v2/events/users/presence POST
    /api/v2/events/users/routingstatus POST
    /api/v2/externalcontacts/bulk/contacts POST
    /api/v2/externalcontacts/bulk/contacts/add POST
    /api/v2/externalcontacts/bulk/contacts/divisionviews POST
    /api/v2/externalcontacts/bulk/contacts/enrich POST
    /api/v2/externalcontacts/bulk/contacts/remove POST
    /api/v2/externalcontacts/bulk/contacts/unresolved POST
    /api/v2/externalcontacts/bulk/contacts/update POST
    /api/v2/externalcontacts/bulk/notes POST
    /api/v2/externalcontacts/bulk/notes/add POST
    /api/v2/externalcontacts/bulk/notes/remove POST
    /api/v2/externalcontacts/bulk/notes/update POST
    /api/v2/externalcontacts/bulk/organizations POST
    /api/v2/externalcontacts/bulk/organizations/add POST
    /api/v2/externalcontacts/bulk/organizations/divisionviews POST
    /api/v2/externalcontacts/bulk/organizations/enrich POST
    /api/v2/externalcontacts/bulk/organizations/remove POST
    /api/v2/externalcontacts/bulk/organizations/update POST
    /api/v2/externalcontacts/bulk/relationships POST
    /api/v2/externalcontacts/bulk/relationships/add POST
    /api/v2/externalcontacts/bulk/relationships/remove POST
    /api/v2/externalcontacts/bulk/relationships/update POST
    /api/v2/externalcontacts/contacts GET POST
    /api/v2/externalcontacts/contacts/enrich POST
    /api/v2/externalcontacts/contacts/exports GET POST
    /api/v2/externalcontacts/contacts/exports/{exportId} GET
    /api/v2/externalcontacts/contacts/merge POST
    /api/v2/externalcontacts/contacts/schemas GET POST
    /api/v2/externalcontacts/contacts/schemas/coretypes GET
    /api/v2/externalcontacts/contacts/schemas/coretypes/{coreTypeName} GET
    /api/v2/externalcontacts/contacts/schemas/limits GET
    /api/v2/externalcontacts/contacts/schemas/{schemaId} DELETE GET PUT
    /api/v2/externalcontacts/contacts/schemas/{schemaId}/versions GET
    /api/v2/externalcontacts/contacts/schemas/{schemaId}/versions/{versionId} GET
    /api/v2/externalcontacts/contacts/search POST
    /api/v2/externalcontacts/contacts/{contactId} DELETE GET PATCH PUT
    /api/v2/externalcontacts/contacts/{contactId}/identifiers GET PATCH
    /api/v2/externalcontacts/contacts/{contactId}/journey/segments GET POST
    /api/v2/externalcontacts/contacts/{contactId}/journey/sessions GET
    /api/v2/externalcontacts/contacts/{contactId}/notes GET POST
    /api/v2/externalcontacts/contacts/{contactId}/notes/{noteId} DELETE GET PATCH PUT
    /api/v2/externalcontacts/contacts/{contactId}/promotion POST
    /api/v2/externalcontacts/contacts/{contactId}/unresolved GET
    /api/v2/externalcontacts/conversations/{conversationId} PUT
    /api/v2/externalcontacts/externalsources GET POST
    /api/v2/externalcontacts/externalsources/{externalSourceId} DELETE GET PUT
    /api/v2/externalcontacts/graphs/clusterscans GET
    /api/v2/externalcontacts/graphs/clusterscans/latest GET
    /api/v2/externalcontacts/graphs/clusterscans/latest/statistics GET
    /api/v2/externalcontacts/graphs/clusterscans/{scanId} GET
    /api/v2/externalcontacts/graphs/clusterscans/{scanId}/clusters GET
    /api/v2/externalcontacts/graphs/clusterscans/{scanId}/clusters/{clusterId} GET
    /api/v2/externalcontacts/graphs/clusterscans/{scanId}/clusters/{clusterId}/merge PUT
    /api/v2/externalcontacts/graphs/clusterscans/{scanId}/statistics GET
    /api/v2/externalcontacts/graphs/settings GET PUT
    /api/v2/externalcontacts/identifierlookup POST
    /api/v2/externalcontacts/identifierlookup/contacts POST
    /api/v2/externalcontacts/identifierlookup/organizations POST
    /api/v2/externalcontacts/import/csv/jobs POST
    /api/v2/externalcontacts/import/csv/settings GET POST
    /api/v2/externalcontacts/import/csv/settings/{settingsId} DELETE GET PUT
    /api/v2/externalcontacts/import/csv/uploads POST
    /api/v2/externalcontacts/import/csv/uploads/{uploadId}/details GET
    /api/v2/externalcontacts/import/csv/uploads/{uploadId}/preview GET
    /api/v2/externalcontacts/import/jobs GET POST
    /api/v2/externalcontacts/import/jobs/{jobId} GET PUT
    /api/v2/externalcontacts/import/settings GET POST
    /api/v2/externalcontacts/import/settings/{settingsId} DELETE GET PUT
    /api/v2/externalcontacts/merge/contacts POST
    /api/v2/externalcontacts/notes/exports GET POST
    /api/v2/externalcontacts/notes/exports/{exportId} GET
    /api/v2/externalcontacts/organizations GET POST
    /api/v2/externalcontacts/organizations/enrich POST
    /api/v2/externalcontacts/organizations/exports GET POST
    /api/v2/externalcontacts/organizations/exports/{exportId} GET
    /api/v2/externalcontacts/organizations/schemas GET POST
    /api/v2/externalcontacts/organizations/schemas/coretypes GET
    /api/v2/externalcontacts/organizations/schemas/coretypes/{coreTypeName} GET
    /api/v2/externalcontacts/organizations/schemas/limits GET
    /api/v2/externalcontacts/organizations/schemas/{schemaId} GET PUT
    /api/v2/externalcontacts/organizations/schemas/{schemaId}/versions GET
    /api/v2/externalcontacts/organizations/schemas/{schemaId}/versions/{versionId} GET
    /api/v2/externalcontacts/organizations/{externalOrganizationId} DELETE GET PATCH PUT
    /api/v2/externalcontacts/organizations/{externalOrganizationId}/contacts GET
    /api/v2/externalcontacts/organizations/{externalOrganizationId}/identifiers GET PATCH
    /api/v2/externalcontacts/organizations/{externalOrganizationId}/notes GET POST
    /api/v2/externalcontacts/organizations/{externalOrganizationId}/notes/{noteId} DELETE GET PATCH PUT
    /api/v2/externalcontacts/organizations/{externalOrganizationId}/relationships GET
    /api/v2/externalcontacts/organizations/{externalOrganizationId}/trustor DELETE
    /api/v2/externalcontacts/organizations/{externalOrganizationId}/trustor/{trustorId} PUT
    /api/v2/externalcontacts/relationships POST
    /api/v2/externalcontacts/relationships/exports GET POST
    /api/v2/externalcontacts/relationships/exports/{exportId} GET
    /api/v2/externalcontacts/relationships/{relationshipId} DELETE GET PATCH PUT
    /api/v2/externalcontacts/reversewhitepageslookup GET
    /api/v2/externalcontacts/scan/contacts GET
    /api/v2/externalcontacts/scan/contacts/divisionviews/all GET
    /api/v2/externalcontacts/scan/notes GET
    /api/v2/externalcontacts/scan/notes/divisionviews/all GET
    /api/v2/externalcontacts/scan/organizations GET
    /api/v2/externalcontacts/scan/organizations/divisionviews/all GET
    /api/v2/externalcontacts/scan/relationships GET
    /api/v2/externalcontacts/scan/relationships/divisionviews/all GET
    /api/v2/externalcontacts/settings DELETE GET PUT
    /api/v2/fax/documents GET
    /api/v2/fax/documents/{documentId} DELETE GET PUT
    /api/v2/fax/documents/{documentId}/content GET
    /api/v2/fax/settings GET PUT
    /api/v2/fax/summary GET
    /api/v2/fax/{faxId}/status GET
    /api/v2/fieldconfig GET
    /api/v2/flows DELETE GET POST
    /api/v2/flows/actions/checkin POST
    /api/v2/flows/actions/checkout POST
    /api/v2/flows/actions/deactivate POST
    /api/v2/flows/actions/publish POST
    /api/v2/flows/actions/revert POST
    /api/v2/flows/actions/unlock POST
    /api/v2/flows/datatables GET POST
    /api/v2/flows/datatables/divisionviews GET
    /api/v2/flows/datatables/divisionviews/{datatableId} GET
    /api/v2/flows/datatables/{datatableId} DELETE GET PUT
    /api/v2/flows/datatables/{datatableId}/export/jobs POST
    /api/v2/flows/datatables/{datatableId}/export/jobs/{exportJobId} GET
    /api/v2/flows/datatables/{datatableId}/import/csv/jobs POST
    /api/v2/flows/datatables/{datatableId}/import/jobs GET POST
    /api/v2/flows/datatables/{datatableId}/import/jobs/{importJobId} GET
    /api/v2/flows/datatables/{datatableId}/rows GET POST
    /api/v2/flows/datatables/{datatableId}/rows/{rowId} DELETE GET PUT
    /api/v2/flows/divisionviews GET
    /api/v2/flows/executions POST
    /api/v2/flows/executions/{flowExecutionId} GET
    /api/v2/flows/export/jobs POST
    /api/v2/flows/export/jobs/{jobId} GET
    /api/v2/flows/instances/jobs POST
    /api/v2/flows/instances/jobs/{jobId} GET
    /api/v2/flows/instances/query POST
    /api/v2/flows/instances/querycapabilities GET
    /api/v2/flows/instances/settings/executiondata GET PATCH
    /api/v2/flows/instances/settings/loglevels GET
    /api/v2/flows/instances/settings/loglevels/characteristics GET
    /api/v2/flows/instances/settings/loglevels/default DELETE GET PUT
    /api/v2/flows/instances/{instanceId} GET
    /api/v2/flows/jobs POST
    /api/v2/flows/jobs/{jobId} GET
    /api/v2/flows/lookup GET
    /api/v2/flows/milestones GET POST
    /api/v2/flows/milestones/divisionviews GET
    /api/v2/flows/milestones/{milestoneId} DELETE GET PUT
    /api/v2/flows/outcomes GET POST
    /api/v2/flows/outcomes/divisionviews GET
    /api/v2/flows/outcomes/{flowOutcomeId} GET PUT
    /api/v2/flows/validate/jobs POST
    /api/v2/flows/validate/jobs/{jobId} GET
    /api/v2/flows/{flowId} DELETE GET PUT
    /api/v2/flows/{flowId}/history POST
    /api/v2/flows/{flowId}/history/{historyId} GET
    /api/v2/flows/{flowId}/instances/settings/loglevels DELETE GET POST PUT
    /api/v2/flows/{flowId}/latestconfiguration GET
    /api/v2/flows/{flowId}/versions GET POST
    /api/v2/flows/{flowId}/versions/{versionId} GET
    /api/v2/flows/{flowId}/versions/{versionId}/configuration GET
    /api/v2/flows/{flowId}/versions/{versionId}/health GET
    /api/v2/flows/{flowId}/versions/{versionId}/intents/{intentId}/health GET
    /api/v2/flows/{flowId}/versions/{versionId}/intents/{intentId}/utterances/{utteranceId}/health GET
    /api/v2/gamification/contests GET POST
    /api/v2/gamification/contests/me GET
    /api/v2/gamification/contests/uploads/prizeimages POST
    /api/v2/gamification/contests/{contestId} DELETE GET PATCH PUT
    /api/v2/gamification/contests/{contestId}/agents/scores GET
    /api/v2/gamification/contests/{contestId}/agents/scores/me GET
    /api/v2/gamification/contests/{contestId}/agents/scores/trends GET
    /api/v2/gamification/contests/{contestId}/agents/scores/trends/me GET
    /api/v2/gamification/contests/{contestId}/prizeimages/{prizeImageId} GET
    /api/v2/gamification/insights GET
    /api/v2/gamification/insights/details GET
    /api/v2/gamification/insights/groups/trends GET
    /api/v2/gamification/insights/groups/trends/all GET
    /api/v2/gamification/insights/managers GET
    /api/v2/gamification/insights/members GET
    /api/v2/gamification/insights/rankings GET
    /api/v2/gamification/insights/trends GET
    /api/v2/gamification/insights/users/{userId}/details GET
    /api/v2/gamification/insights/users/{userId}/trends GET
    /api/v2/gamification/leaderboard GET
    /api/v2/gamification/leaderboard/all GET
    /api/v2/gamification/leaderboard/all/bestpoints GET
    /api/v2/gamification/leaderboard/bestpoints GET
    /api/v2/gamification/metricdefinitions GET
    /api/v2/gamification/metricdefinitions/{metricDefinitionId} GET
    /api/v2/gamification/profiles GET POST
    /api/v2/gamification/profiles/users/me GET
    /api/v2/gamification/profiles/users/me/query POST
    /api/v2/gamification/profiles/users/{userId} GET
    /api/v2/gamification/profiles/users/{userId}/query POST
    /api/v2/gamification/profiles/{profileId} GET PUT
    /api/v2/gamification/profiles/{profileId}/activate POST
    /api/v2/gamification/profiles/{profileId}/deactivate POST
    /api/v2/gamification/profiles/{profileId}/members GET POST
    /api/v2/gamification/profiles/{profileId}/members/validate POST
    /api/v2/gamification/profiles/{profileId}/metrics GET POST
    /api/v2/gamification/profiles/{profileId}/metrics/objectivedetails GET
    /api/v2/gamification/profiles/{profileId}/metrics/{metricId} GET PUT
    /api/v2/gamification/profiles/{sourceProfileId}/metrics/{sourceMetricId}/link POST
    /api/v2/gamification/scorecards GET
    /api/v2/gamification/scorecards/attendance GET
    /api/v2/gamification/scorecards/bestpoints GET
    /api/v2/gamification/scorecards/points/alltime GET
    /api/v2/gamification/scorecards/points/average GET
    /api/v2/gamification/scorecards/points/trends GET
    /api/v2/gamification/scorecards/profiles/{profileId}/metrics/{metricId}/users/values/trends GET
    /api/v2/gamification/scorecards/profiles/{profileId}/metrics/{metricId}/users/{userId}/values/trends GET
    /api/v2/gamification/scorecards/profiles/{profileId}/metrics/{metricId}/values/trends GET
    /api/v2/gamification/scorecards/users/points/average GET
    /api/v2/gamification/scorecards/users/values/average GET
    /api/v2/gamification/scorecards/users/values/trends GET
    /api/v2/gamification/scorecards/users/{userId} GET
    /api/v2/gamification/scorecards/users/{userId}/attendance GET
    /api/v2/gamification/scorecards/users/{userId}/bestpoints GET
    /api/v2/gamification/scorecards/users/{userId}/points/alltime GET
    /api/v2/gamification/scorecards/users/{userId}/points/trends GET
    /api/v2/gamification/scorecards/users/{userId}/values/trends GET
    /api/v2/gamification/scorecards/values/average GET
    /api/v2/gamification/scorecards/values/trends GET
    /api/v2/gamification/status GET PUT
    /api/v2/gamification/templates GET
    /api/v2/gamification/templates/{templateId} GET
    /api/v2/gdpr/requests GET POST
    /api/v2/gdpr/requests/{requestId} GET
    /api/v2/gdpr/subjects GET
    /api/v2/geolocations/settings GET PATCH
    /api/v2/greetings GET POST
    /api/v2/greetings/defaults GET PUT
    /api/v2/greetings/{greetingId} DELETE GET PUT
    /api/v2/greetings/{greetingId}/downloads GET
    /api/v2/greetings/{greetingId}/groups/downloads GET
    /api/v2/greetings/{greetingId}/media GET
    /api/v2/greetings/{greetingId}/users/downloads GET
    /api/v2/groups GET POST
    /api/v2/groups/dynamicsettings/preview POST
    /api/v2/groups/search GET POST
    /api/v2/groups/{groupId} DELETE GET PUT
    /api/v2/groups/{groupId}/dynamicsettings DELETE GET PUT
    /api/v2/groups/{groupId}/greetings GET POST
    /api/v2/groups/{groupId}/greetings/defaults GET PUT
    /api/v2/groups/{groupId}/individuals GET
    /api/v2/groups/{groupId}/members DELETE GET POST
    /api/v2/groups/{groupId}/profile GET
    /api/v2/guides GET POST
    /api/v2/guides/jobs POST
    /api/v2/guides/jobs/{jobId} GET
    /api/v2/guides/uploads POST
    /api/v2/guides/{guideId} GET PATCH
    /api/v2/guides/{guideId}/jobs DELETE
    /api/v2/guides/{guideId}/jobs/{jobId} GET
    /api/v2/guides/{guideId}/sessions/{guideSessionId}/turns POST
    /api/v2/guides/{guideId}/versions POST
    /api/v2/guides/{guideId}/versions/{versionId} GET PATCH
    /api/v2/guides/{guideId}/versions/{versionId}/jobs POST
    /api/v2/guides/{guideId}/versions/{versionId}/jobs/{jobId} GET
    /api/v2/identityproviders GET POST
    /api/v2/identityproviders/adfs DELETE GET PUT
    /api/v2/identityproviders/cic DELETE GET PUT
    /api/v2/identityproviders/generic DELETE GET PUT
    /api/v2/identityproviders/gsuite DELETE GET PUT
    /api/v2/identityproviders/identitynow DELETE GET PUT
    /api/v2/identityproviders/okta DELETE GET PUT
    /api/v2/identityproviders/onelogin DELETE GET PUT
    /api/v2/identityproviders/ping DELETE GET PUT
    /api/v2/identityproviders/purecloud DELETE GET PUT
    /api/v2/identityproviders/pureengage DELETE GET PUT
    /api/v2/identityproviders/salesforce DELETE GET PUT
    /api/v2/identityproviders/{providerId} DELETE GET PUT
    /api/v2/infrastructureascode/accelerators GET
    /api/v2/infrastructureascode/accelerators/{acceleratorId} GET
    /api/v2/infrastructureascode/jobs GET POST
    /api/v2/infrastructureascode/jobs/{jobId} GET
    /api/v2/integrations GET POST
    /api/v2/integrations/actions GET POST
    /api/v2/integrations/actions/categories GET
    /api/v2/integrations/actions/certificates GET
    /api/v2/integrations/actions/certificates/truststore GET
    /api/v2/integrations/actions/drafts GET POST
    /api/v2/integrations/actions/functions/runtimes GET
    /api/v2/integrations/actions/{actionId} DELETE GET PATCH
    /api/v2/integrations/actions/{actionId}/draft DELETE GET PATCH POST
    /api/v2/integrations/actions/{actionId}/draft/function GET PUT
    /api/v2/integrations/actions/{actionId}/draft/function/upload POST
    /api/v2/integrations/actions/{actionId}/draft/publish POST
    /api/v2/integrations/actions/{actionId}/draft/schemas/{fileName} GET
    /api/v2/integrations/actions/{actionId}/draft/templates/{fileName} GET
    /api/v2/integrations/actions/{actionId}/draft/test POST
    /api/v2/integrations/actions/{actionId}/draft/validation GET
    /api/v2/integrations/actions/{actionId}/execute POST
    /api/v2/integrations/actions/{actionId}/function GET
    /api/v2/integrations/actions/{actionId}/schemas/{fileName} GET
    /api/v2/integrations/actions/{actionId}/templates/{fileName} GET
    /api/v2/integrations/actions/{actionId}/test POST
    /api/v2/integrations/botconnector/{integrationId}/bots GET PUT
    /api/v2/integrations/botconnector/{integrationId}/bots/summaries GET
    /api/v2/integrations/botconnector/{integrationId}/bots/{botId} GET
    /api/v2/integrations/botconnector/{integrationId}/bots/{botId}/versions GET
    /api/v2/integrations/botconnectors/incoming/messages POST
    /api/v2/integrations/botconnectors/outgoing/messages POST
    /api/v2/integrations/botconnectors/{integrationId}/bots GET
    /api/v2/integrations/botconnectors/{integrationId}/bots/summaries GET
    /api/v2/integrations/botconnectors/{integrationId}/bots/{botId} GET
    /api/v2/integrations/clientapps GET
    /api/v2/integrations/credentials GET POST
    /api/v2/integrations/credentials/listing GET
    /api/v2/integrations/credentials/types GET
    /api/v2/integrations/credentials/{credentialId} DELETE GET PUT
    /api/v2/integrations/speech/audioconnector GET
    /api/v2/integrations/speech/audioconnector/{integrationId} GET
    /api/v2/integrations/speech/dialogflow/agents GET
    /api/v2/integrations/speech/dialogflow/agents/{agentId} GET
    /api/v2/integrations/speech/dialogflowcx/agents GET
    /api/v2/integrations/speech/dialogflowcx/agents/{agentId} GET
    /api/v2/integrations/speech/lex/bot/alias/{aliasId} GET
    /api/v2/integrations/speech/lex/bot/{botId}/aliases GET
    /api/v2/integrations/speech/lex/bots GET
    /api/v2/integrations/speech/lexv2/bot/alias/{aliasId} GET
    /api/v2/integrations/speech/lexv2/bot/{botId}/aliases GET
    /api/v2/integrations/speech/lexv2/bots GET
    /api/v2/integrations/speech/nuance/{nuanceIntegrationId}/bots GET
    /api/v2/integrations/speech/nuance/{nuanceIntegrationId}/bots/jobs POST
    /api/v2/integrations/speech/nuance/{nuanceIntegrationId}/bots/jobs/{jobId} GET
    /api/v2/integrations/speech/nuance/{nuanceIntegrationId}/bots/jobs/{jobId}/results GET
    /api/v2/integrations/speech/nuance/{nuanceIntegrationId}/bots/launch/settings PUT
    /api/v2/integrations/speech/nuance/{nuanceIntegrationId}/bots/launch/validate POST
    /api/v2/integrations/speech/nuance/{nuanceIntegrationId}/bots/{botId} GET
    /api/v2/integrations/speech/nuance/{nuanceIntegrationId}/bots/{botId}/jobs POST
    /api/v2/integrations/speech/nuance/{nuanceIntegrationId}/bots/{botId}/jobs/{jobId} GET
    /api/v2/integrations/speech/nuance/{nuanceIntegrationId}/bots/{botId}/jobs/{jobId}/results GET
    /api/v2/integrations/speech/stt/engines GET
    /api/v2/integrations/speech/stt/engines/{engineId} GET
    /api/v2/integrations/speech/tts/engines GET
    /api/v2/integrations/speech/tts/engines/{engineId} GET
    /api/v2/integrations/speech/tts/engines/{engineId}/voices GET
    /api/v2/integrations/speech/tts/engines/{engineId}/voices/{voiceId} GET
    /api/v2/integrations/speech/tts/settings GET PUT
    /api/v2/integrations/types GET
    /api/v2/integrations/types/{typeId} GET
    /api/v2/integrations/types/{typeId}/configschemas/{configType} GET
    /api/v2/integrations/unifiedcommunications/clientapps GET
    /api/v2/integrations/unifiedcommunications/clientapps/{ucIntegrationId} GET
    /api/v2/integrations/unifiedcommunications/{ucIntegrationId}/thirdpartypresences PUT
    /api/v2/integrations/userapps GET
    /api/v2/integrations/webhooks/{tokenId}/events POST
    /api/v2/integrations/{integrationId} DELETE GET PATCH
    /api/v2/integrations/{integrationId}/config/current GET PUT
    /api/v2/intents/assignments/externalcontacts/{externalContactId} GET
    /api/v2/intents/assignments/externalcontacts/{externalContactId}/customerintents/{customerIntentId}/assignment POST
    /api/v2/intents/categories GET POST
    /api/v2/intents/categories/{categoryId} DELETE GET PATCH
    /api/v2/intents/customerintents GET POST
    /api/v2/intents/customerintents/bulk/retrieve POST
    /api/v2/intents/customerintents/{customerIntentId} DELETE GET PATCH
    /api/v2/intents/customerintents/{customerIntentId}/sourceintents GET
    /api/v2/intents/customerintents/{customerIntentId}/sourceintents/bulk/add POST
    /api/v2/intents/customerintents/{customerIntentId}/sourceintents/bulk/remove POST
    /api/v2/intents/sourceintents GET
    /api/v2/ipranges GET
    /api/v2/journey/actionmaps GET POST
    /api/v2/journey/actionmaps/estimates/jobs POST
    /api/v2/journey/actionmaps/estimates/jobs/{jobId} GET
    /api/v2/journey/actionmaps/estimates/jobs/{jobId}/results GET
    /api/v2/journey/actionmaps/{actionMapId} DELETE GET PATCH
    /api/v2/journey/actiontargets GET
    /api/v2/journey/actiontargets/{actionTargetId} GET
    /api/v2/journey/actiontemplates GET POST
    /api/v2/journey/actiontemplates/{actionTemplateId} DELETE GET PATCH
    /api/v2/journey/deployments/{deploymentId}/actionevent POST
    /api/v2/journey/deployments/{deploymentId}/appevents POST
    /api/v2/journey/deployments/{deploymentId}/customers/{customerCookieId}/ping GET
    /api/v2/journey/deployments/{deploymentId}/webevents POST
    /api/v2/journey/externalevents/configurations GET POST
    /api/v2/journey/externalevents/configurations/{configId} DELETE GET PATCH
    /api/v2/journey/externalevents/configurations/{configurationId}/events POST
    /api/v2/journey/externalevents/schemas GET POST
    /api/v2/journey/externalevents/schemas/coretypes GET
    /api/v2/journey/externalevents/schemas/coretypes/{coreTypeName} GET
    /api/v2/journey/externalevents/schemas/limits GET
    /api/v2/journey/externalevents/schemas/{schemaId} DELETE GET PUT
    /api/v2/journey/externalevents/schemas/{schemaId}/versions GET
    /api/v2/journey/externalevents/schemas/{schemaId}/versions/{versionId} GET
    /api/v2/journey/flows/paths/query POST
    /api/v2/journey/outcomes GET POST
    /api/v2/journey/outcomes/attributions/jobs POST
    /api/v2/journey/outcomes/attributions/jobs/{jobId} GET
    /api/v2/journey/outcomes/attributions/jobs/{jobId}/results GET
    /api/v2/journey/outcomes/predictors GET POST
    /api/v2/journey/outcomes/predictors/{predictorId} DELETE GET
    /api/v2/journey/outcomes/{outcomeId} DELETE GET PATCH
    /api/v2/journey/segments GET POST
    /api/v2/journey/segments/{segmentId} DELETE GET PATCH
    /api/v2/journey/sessions/{sessionId} GET
    /api/v2/journey/sessions/{sessionId}/events GET
    /api/v2/journey/sessions/{sessionId}/outcomescores GET
    /api/v2/journey/views GET POST
    /api/v2/journey/views/data/details GET
    /api/v2/journey/views/encodings/validate POST
    /api/v2/journey/views/eventdefinitions GET
    /api/v2/journey/views/eventdefinitions/external GET
    /api/v2/journey/views/eventdefinitions/external/changes GET
    /api/v2/journey/views/eventdefinitions/{eventDefinitionId} GET PUT
    /api/v2/journey/views/eventdefinitions/{eventDefinitionId}/activate PUT
    /api/v2/journey/views/jobs GET
    /api/v2/journey/views/jobs/me GET
    /api/v2/journey/views/schedules GET
    /api/v2/journey/views/{viewId} DELETE GET
    /api/v2/journey/views/{viewId}/schedules DELETE GET POST PUT
    /api/v2/journey/views/{viewId}/versions POST
    /api/v2/journey/views/{viewId}/versions/{journeyVersionId}/jobs POST
    /api/v2/journey/views/{viewId}/versions/{journeyVersionId}/jobs/latest GET
    /api/v2/journey/views/{viewId}/versions/{journeyVersionId}/jobs/{jobId} GET PATCH
    /api/v2/journey/views/{viewId}/versions/{journeyVersionId}/jobs/{jobId}/results/charts/{chartId} GET
    /api/v2/journey/views/{viewId}/versions/{journeyViewVersion}/charts/{chartId} GET
    /api/v2/journey/views/{viewId}/versions/{journeyViewVersion}/charts/{chartId}/versions/{chartVersion} GET
    /api/v2/journey/views/{viewId}/versions/{journeyViewVersion}/jobs/{jobId}/results GET
    /api/v2/journey/views/{viewId}/versions/{versionId} GET PUT
    /api/v2/knowledge/connections GET POST
    /api/v2/knowledge/connections/{connectionId} DELETE GET PATCH
    /api/v2/knowledge/connections/{connectionId}/options GET
    /api/v2/knowledge/documentuploads POST
    /api/v2/knowledge/guest/sessions POST
    /api/v2/knowledge/guest/sessions/{sessionId}/categories GET
    /api/v2/knowledge/guest/sessions/{sessionId}/documents GET
    /api/v2/knowledge/guest/sessions/{sessionId}/documents/answers POST
    /api/v2/knowledge/guest/sessions/{sessionId}/documents/presentations POST
    /api/v2/knowledge/guest/sessions/{sessionId}/documents/search POST
    /api/v2/knowledge/guest/sessions/{sessionId}/documents/search/suggestions POST
    /api/v2/knowledge/guest/sessions/{sessionId}/documents/search/{searchId} PATCH
    /api/v2/knowledge/guest/sessions/{sessionId}/documents/{documentId} GET
    /api/v2/knowledge/guest/sessions/{sessionId}/documents/{documentId}/copies POST
    /api/v2/knowledge/guest/sessions/{sessionId}/documents/{documentId}/feedback POST
    /api/v2/knowledge/guest/sessions/{sessionId}/documents/{documentId}/views POST
    /api/v2/knowledge/integrations/{integrationId}/options GET
    /api/v2/knowledge/knowledgebases GET POST
    /api/v2/knowledge/knowledgebases/{knowledgeBaseId} DELETE GET PATCH
    /api/v2/knowledge/knowledgebases/{knowledgeBaseId}/categories GET POST
    /api/v2/knowledge/knowledgebases/{knowledgeBaseId}/categories/{categoryId} DELETE GET PATCH
    /api/v2/knowledge/knowledgebases/{knowledgeBaseId}/chunks/search POST
    /api/v2/knowledge/knowledgebases/{knowledgeBaseId}/chunks/search/{searchId} PATCH
    /api/v2/knowledge/knowledgebases/{knowledgeBaseId}/documents GET POST
    /api/v2/knowledge/knowledgebases/{knowledgeBaseId}/documents/answers POST
    /api/v2/knowledge/knowledgebases/{knowledgeBaseId}/documents/bulk/remove POST
    /api/v2/knowledge/knowledgebases/{knowledgeBaseId}/documents/bulk/update POST
    /api/v2/knowledge/knowledgebases/{knowledgeBaseId}/documents/feedback GET
    /api/v2/knowledge/knowledgebases/{knowledgeBaseId}/documents/presentations POST
    /api/v2/knowledge/knowledgebases/{knowledgeBaseId}/documents/query POST
    /api/v2/knowledge/knowledgebases/{knowledgeBaseId}/documents/search POST
    /api/v2/knowledge/knowledgebases/{knowledgeBaseId}/documents/search/suggestions POST
    /api/v2/knowledge/knowledgebases/{knowledgeBaseId}/documents/search/{searchId} PATCH
    /api/v2/knowledge/knowledgebases/{knowledgeBaseId}/documents/versions/bulk/add POST
    /api/v2/knowledge/knowledgebases/{knowledgeBaseId}/documents/{documentId} DELETE GET PATCH
    /api/v2/knowledge/knowledgebases/{knowledgeBaseId}/documents/{documentId}/copies POST
    /api/v2/knowledge/knowledgebases/{knowledgeBaseId}/documents/{documentId}/feedback GET POST
    /api/v2/knowledge/knowledgebases/{knowledgeBaseId}/documents/{documentId}/feedback/{feedbackId} GET PATCH
    /api/v2/knowledge/knowledgebases/{knowledgeBaseId}/documents/{documentId}/variations GET POST
    /api/v2/knowledge/knowledgebases/{knowledgeBaseId}/documents/{documentId}/variations/{documentVariationId} DELETE GET PATCH
    /api/v2/knowledge/knowledgebases/{knowledgeBaseId}/documents/{documentId}/versions GET POST
    /api/v2/knowledge/knowledgebases/{knowledgeBaseId}/documents/{documentId}/versions/{versionId} GET
    /api/v2/knowledge/knowledgebases/{knowledgeBaseId}/documents/{documentId}/versions/{versionId}/variations GET
    /api/v2/knowledge/knowledgebases/{knowledgeBaseId}/documents/{documentId}/versions/{versionId}/variations/{variationId} GET
    /api/v2/knowledge/knowledgebases/{knowledgeBaseId}/documents/{documentId}/views POST
    /api/v2/knowledge/knowledgebases/{knowledgeBaseId}/export/jobs POST
    /api/v2/knowledge/knowledgebases/{knowledgeBaseId}/export/jobs/{exportJobId} DELETE GET
    /api/v2/knowledge/knowledgebases/{knowledgeBaseId}/import/jobs POST
    /api/v2/knowledge/knowledgebases/{knowledgeBaseId}/import/jobs/{importJobId} DELETE GET PATCH
    /api/v2/knowledge/knowledgebases/{knowledgeBaseId}/labels GET POST
    /api/v2/knowledge/knowledgebases/{knowledgeBaseId}/labels/{labelId} DELETE GET PATCH
    /api/v2/knowledge/knowledgebases/{knowledgeBaseId}/operations GET
    /api/v2/knowledge/knowledgebases/{knowledgeBaseId}/operations/users/query GET
    /api/v2/knowledge/knowledgebases/{knowledgeBaseId}/parse/jobs POST
    /api/v2/knowledge/knowledgebases/{knowledgeBaseId}/parse/jobs/{parseJobId} GET PATCH
    /api/v2/knowledge/knowledgebases/{knowledgeBaseId}/parse/jobs/{parseJobId}/import POST
    /api/v2/knowledge/knowledgebases/{knowledgeBaseId}/sources GET
    /api/v2/knowledge/knowledgebases/{knowledgeBaseId}/sources/salesforce POST
    /api/v2/knowledge/knowledgebases/{knowledgeBaseId}/sources/salesforce/{sourceId} DELETE GET PUT
    /api/v2/knowledge/knowledgebases/{knowledgeBaseId}/sources/salesforce/{sourceId}/sync POST
    /api/v2/knowledge/knowledgebases/{knowledgeBaseId}/sources/servicenow POST
    /api/v2/knowledge/knowledgebases/{knowledgeBaseId}/sources/servicenow/{sourceId} DELETE GET PUT
    /api/v2/knowledge/knowledgebases/{knowledgeBaseId}/sources/servicenow/{sourceId}/sync POST
    /api/v2/knowledge/knowledgebases/{knowledgeBaseId}/synchronize/jobs POST
    /api/v2/knowledge/knowledgebases/{knowledgeBaseId}/synchronize/jobs/{syncJobId} DELETE GET PATCH
    /api/v2/knowledge/knowledgebases/{knowledgeBaseId}/unanswered/groups GET
    /api/v2/knowledge/knowledgebases/{knowledgeBaseId}/unanswered/groups/{groupId} GET
    /api/v2/knowledge/knowledgebases/{knowledgeBaseId}/unanswered/groups/{groupId}/phrasegroups/{phraseGroupId} GET PATCH
    /api/v2/knowledge/knowledgebases/{knowledgeBaseId}/uploads/urls/jobs POST
    /api/v2/knowledge/knowledgebases/{knowledgeBaseId}/uploads/urls/jobs/{jobId} GET
    /api/v2/knowledge/search POST
    /api/v2/knowledge/search/preview POST
    /api/v2/knowledge/settings GET POST
    /api/v2/knowledge/settings/{knowledgeSettingId} DELETE GET PATCH
    /api/v2/knowledge/sources GET POST
    /api/v2/knowledge/sources/synchronizations GET
    /api/v2/knowledge/sources/{sourceId} DELETE GET PUT
    /api/v2/knowledge/sources/{sourceId}/synchronizations GET POST
    /api/v2/knowledge/sources/{sourceId}/synchronizations/{synchronizationId} GET PATCH
    /api/v2/knowledge/sources/{sourceId}/synchronizations/{synchronizationId}/deletions GET POST
    /api/v2/knowledge/sources/{sourceId}/synchronizations/{synchronizationId}/deletions/{fileId} DELETE GET
    /api/v2/knowledge/sources/{sourceId}/synchronizations/{synchronizationId}/uploads GET POST
    /api/v2/knowledge/sources/{sourceId}/synchronizations/{synchronizationId}/uploads/{fileId} DELETE GET
    /api/v2/languages GET POST
    /api/v2/languages/translations GET
    /api/v2/languages/translations/builtin GET
    /api/v2/languages/translations/organization GET
    /api/v2/languages/translations/users/{userId} GET
    /api/v2/languages/{languageId} DELETE GET
    /api/v2/languageunderstanding/domains GET POST
    /api/v2/languageunderstanding/domains/{domainId} DELETE GET PATCH
    /api/v2/languageunderstanding/domains/{domainId}/feedback GET POST
    /api/v2/languageunderstanding/domains/{domainId}/feedback/{feedbackId} DELETE GET
    /api/v2/languageunderstanding/domains/{domainId}/versions GET POST
    /api/v2/languageunderstanding/domains/{domainId}/versions/{domainVersionId} DELETE GET PUT
    /api/v2/languageunderstanding/domains/{domainId}/versions/{domainVersionId}/detect POST
    /api/v2/languageunderstanding/domains/{domainId}/versions/{domainVersionId}/publish POST
    /api/v2/languageunderstanding/domains/{domainId}/versions/{domainVersionId}/report GET
    /api/v2/languageunderstanding/domains/{domainId}/versions/{domainVersionId}/train POST
    /api/v2/languageunderstanding/ignorephrases/{languageCode} GET POST
    /api/v2/languageunderstanding/ignorephrases/{languageCode}/remove POST
    /api/v2/languageunderstanding/ignoretopics/{languageCode} GET POST
    /api/v2/languageunderstanding/ignoretopics/{languageCode}/remove POST
    /api/v2/languageunderstanding/miners GET POST
    /api/v2/languageunderstanding/miners/{minerId} DELETE GET
    /api/v2/languageunderstanding/miners/{minerId}/drafts GET POST
    /api/v2/languageunderstanding/miners/{minerId}/drafts/{draftId} DELETE GET PATCH
    /api/v2/languageunderstanding/miners/{minerId}/execute POST
    /api/v2/languageunderstanding/miners/{minerId}/intents GET
    /api/v2/languageunderstanding/miners/{minerId}/intents/{intentId} GET
    /api/v2/languageunderstanding/miners/{minerId}/topics GET
    /api/v2/languageunderstanding/miners/{minerId}/topics/{topicId} GET
    /api/v2/languageunderstanding/miners/{minerId}/topics/{topicId}/phrases/{phraseId} GET
    /api/v2/languageunderstanding/miners/{minerId}/uploads POST
    /api/v2/languageunderstanding/settings GET
    /api/v2/learning/assessments/scoring POST
    /api/v2/learning/assignments GET POST
    /api/v2/learning/assignments/aggregates/query POST
    /api/v2/learning/assignments/bulkadd POST
    /api/v2/learning/assignments/bulkremove POST
    /api/v2/learning/assignments/me GET
    /api/v2/learning/assignments/{assignmentId} DELETE GET PATCH
    /api/v2/learning/assignments/{assignmentId}/reassign POST
    /api/v2/learning/assignments/{assignmentId}/reschedule PATCH
    /api/v2/learning/assignments/{assignmentId}/reset POST
    /api/v2/learning/assignments/{assignmentId}/steps/{stepId} GET PATCH
    /api/v2/learning/modules GET POST
    /api/v2/learning/modules/assignments GET
    /api/v2/learning/modules/coverart/{coverArtId} GET
    /api/v2/learning/modules/{moduleId} DELETE GET PUT
    /api/v2/learning/modules/{moduleId}/jobs POST
    /api/v2/learning/modules/{moduleId}/jobs/{jobId} GET
    /api/v2/learning/modules/{moduleId}/preview GET PUT
    /api/v2/learning/modules/{moduleId}/publish POST
    /api/v2/learning/modules/{moduleId}/rule GET PUT
    /api/v2/learning/modules/{moduleId}/rule/migrate POST
    /api/v2/learning/modules/{moduleId}/users/{userId}/assignments PATCH
    /api/v2/learning/modules/{moduleId}/versions/{versionId} GET
    /api/v2/learning/rules/query POST
    /api/v2/learning/scheduleslots/jobs POST
    /api/v2/learning/scheduleslots/jobs/{jobId} GET
    /api/v2/learning/scheduleslots/query POST
    /api/v2/learning/scorm POST
    /api/v2/learning/scorm/{scormId} GET
    /api/v2/license/definitions GET
    /api/v2/license/definitions/{licenseId} GET
    /api/v2/license/infer POST
    /api/v2/license/infer/permissions POST
    /api/v2/license/organization POST
    /api/v2/license/toggles/{featureName} GET POST
    /api/v2/license/users GET POST
    /api/v2/license/users/{userId} GET
    /api/v2/locations GET POST
    /api/v2/locations/search GET POST
    /api/v2/locations/{locationId} DELETE GET PATCH
    /api/v2/locations/{locationId}/sublocations GET
    /api/v2/messaging/settings GET POST
    /api/v2/messaging/settings/default DELETE GET PUT
    /api/v2/messaging/settings/{messageSettingId} DELETE GET PATCH
    /api/v2/messaging/supportedcontent GET POST
    /api/v2/messaging/supportedcontent/{supportedContentId} DELETE GET PATCH
    /api/v2/mobiledevices GET POST
    /api/v2/mobiledevices/{deviceId} DELETE GET PUT
    /api/v2/notifications/availabletopics GET
    /api/v2/notifications/channels GET POST
    /api/v2/notifications/channels/{channelId} HEAD
    /api/v2/notifications/channels/{channelId}/subscriptions DELETE GET POST PUT
    /api/v2/oauth/authorizations GET
    /api/v2/oauth/authorizations/{clientId} GET
    /api/v2/oauth/clients GET POST
    /api/v2/oauth/clients/{clientId} DELETE GET PUT
    /api/v2/oauth/clients/{clientId}/secret POST
    /api/v2/oauth/clients/{clientId}/usage/query POST
    /api/v2/oauth/clients/{clientId}/usage/query/results/{executionId} GET
    /api/v2/oauth/clients/{clientId}/usage/summary GET
    /api/v2/oauth/scopes GET
    /api/v2/oauth/scopes/{scopeId} GET
    /api/v2/organizations/authentication/settings GET PATCH
    /api/v2/organizations/embeddedintegration GET PUT
    /api/v2/organizations/features/{featureName} PATCH
    /api/v2/organizations/ipaddressauthentication GET PUT
    /api/v2/organizations/limits/changerequests GET
    /api/v2/organizations/limits/changerequests/{requestId} GET
    /api/v2/organizations/limits/docs GET
    /api/v2/organizations/limits/docs/freetrial GET
    /api/v2/organizations/limits/namespaces GET
    /api/v2/organizations/limits/namespaces/{namespaceName} GET
    /api/v2/organizations/limits/namespaces/{namespaceName}/defaults GET
    /api/v2/organizations/me GET PUT
    /api/v2/organizations/whitelist GET PUT
    /api/v2/orgauthorization/pairings POST
    /api/v2/orgauthorization/pairings/{pairingId} GET
    /api/v2/orgauthorization/trustees DELETE GET POST
    /api/v2/orgauthorization/trustees/audits POST
    /api/v2/orgauthorization/trustees/care GET POST
    /api/v2/orgauthorization/trustees/default GET POST
    /api/v2/orgauthorization/trustees/{trusteeOrgId} DELETE GET PUT
    /api/v2/orgauthorization/trustees/{trusteeOrgId}/clonedusers GET
    /api/v2/orgauthorization/trustees/{trusteeOrgId}/clonedusers/{trusteeUserId} DELETE
    /api/v2/orgauthorization/trustees/{trusteeOrgId}/groups GET POST
    /api/v2/orgauthorization/trustees/{trusteeOrgId}/groups/{trusteeGroupId} DELETE GET
    /api/v2/orgauthorization/trustees/{trusteeOrgId}/groups/{trusteeGroupId}/roledivisions PUT
    /api/v2/orgauthorization/trustees/{trusteeOrgId}/groups/{trusteeGroupId}/roles DELETE GET PUT
    /api/v2/orgauthorization/trustees/{trusteeOrgId}/users GET POST
    /api/v2/orgauthorization/trustees/{trusteeOrgId}/users/{trusteeUserId} DELETE GET
    /api/v2/orgauthorization/trustees/{trusteeOrgId}/users/{trusteeUserId}/roledivisions PUT
    /api/v2/orgauthorization/trustees/{trusteeOrgId}/users/{trusteeUserId}/roles DELETE GET PUT
    /api/v2/orgauthorization/trustor/audits POST
    /api/v2/orgauthorization/trustors DELETE GET
    /api/v2/orgauthorization/trustors/{trustorOrgId} DELETE GET
    /api/v2/orgauthorization/trustors/{trustorOrgId}/clonedusers GET
    /api/v2/orgauthorization/trustors/{trustorOrgId}/clonedusers/{trusteeUserId} DELETE GET PUT
    /api/v2/orgauthorization/trustors/{trustorOrgId}/groups GET
    /api/v2/orgauthorization/trustors/{trustorOrgId}/groups/{trustorGroupId} DELETE GET PUT
    /api/v2/orgauthorization/trustors/{trustorOrgId}/users GET
    /api/v2/orgauthorization/trustors/{trustorOrgId}/users/{trusteeUserId} DELETE GET PUT
    /api/v2/orphanrecordings GET
    /api/v2/orphanrecordings/{orphanId} DELETE GET PUT
    /api/v2/orphanrecordings/{orphanId}/media GET
    /api/v2/outbound/attemptlimits GET POST
    /api/v2/outbound/attemptlimits/{attemptLimitsId} DELETE GET PUT
    /api/v2/outbound/callabletimesets GET POST
    /api/v2/outbound/callabletimesets/{callableTimeSetId} DELETE GET PUT
    /api/v2/outbound/callanalysisresponsesets GET POST
    /api/v2/outbound/callanalysisresponsesets/{callAnalysisSetId} DELETE GET PUT
    /api/v2/outbound/campaignrules GET POST
    /api/v2/outbound/campaignrules/{campaignRuleId} DELETE GET PUT
    /api/v2/outbound/campaigns GET POST
    /api/v2/outbound/campaigns/all GET
    /api/v2/outbound/campaigns/all/divisionviews GET
    /api/v2/outbound/campaigns/divisionviews GET
    /api/v2/outbound/campaigns/divisionviews/{campaignId} GET
    /api/v2/outbound/campaigns/performance/query POST
    /api/v2/outbound/campaigns/progress POST
    /api/v2/outbound/campaigns/{campaignId} DELETE GET PATCH PUT
    /api/v2/outbound/campaigns/{campaignId}/agentownedmappingpreview POST
    /api/v2/outbound/campaigns/{campaignId}/agentownedmappingpreview/results GET
    /api/v2/outbound/campaigns/{campaignId}/agents/{userId} PUT
    /api/v2/outbound/campaigns/{campaignId}/callback/schedule POST
    /api/v2/outbound/campaigns/{campaignId}/diagnostics GET
    /api/v2/outbound/campaigns/{campaignId}/interactions GET
    /api/v2/outbound/campaigns/{campaignId}/linedistribution GET
    /api/v2/outbound/campaigns/{campaignId}/progress DELETE GET
    /api/v2/outbound/campaigns/{campaignId}/skillcombinations GET
    /api/v2/outbound/campaigns/{campaignId}/start POST
    /api/v2/outbound/campaigns/{campaignId}/stats GET
    /api/v2/outbound/campaigns/{campaignId}/stop POST
    /api/v2/outbound/contactlistfilters GET POST
    /api/v2/outbound/contactlistfilters/bulk/retrieve POST
    /api/v2/outbound/contactlistfilters/preview POST
    /api/v2/outbound/contactlistfilters/{contactListFilterId} DELETE GET PUT
    /api/v2/outbound/contactlists DELETE GET POST
    /api/v2/outbound/contactlists/bulk/update POST
    /api/v2/outbound/contactlists/divisionviews GET
    /api/v2/outbound/contactlists/divisionviews/{contactListId} GET
    /api/v2/outbound/contactlists/uploads POST
    /api/v2/outbound/contactlists/{contactListId} DELETE GET PUT
    /api/v2/outbound/contactlists/{contactListId}/clear POST
    /api/v2/outbound/contactlists/{contactListId}/contacts DELETE POST
    /api/v2/outbound/contactlists/{contactListId}/contacts/bulk POST
    /api/v2/outbound/contactlists/{contactListId}/contacts/bulk/jobs GET
    /api/v2/outbound/contactlists/{contactListId}/contacts/bulk/jobs/{jobId} GET
    /api/v2/outbound/contactlists/{contactListId}/contacts/bulk/remove POST
    /api/v2/outbound/contactlists/{contactListId}/contacts/bulk/update POST
    /api/v2/outbound/contactlists/{contactListId}/contacts/search POST
    /api/v2/outbound/contactlists/{contactListId}/contacts/{contactId} DELETE GET PUT
    /api/v2/outbound/contactlists/{contactListId}/export GET POST
    /api/v2/outbound/contactlists/{contactListId}/importstatus GET
    /api/v2/outbound/contactlists/{contactListId}/timezonemappingpreview GET
    /api/v2/outbound/contactlisttemplates DELETE GET POST
    /api/v2/outbound/contactlisttemplates/bulk/add POST
    /api/v2/outbound/contactlisttemplates/bulk/retrieve POST
    /api/v2/outbound/contactlisttemplates/{contactListTemplateId} DELETE GET PUT
    /api/v2/outbound/conversations/{conversationId}/dnc POST
    /api/v2/outbound/diagnostics/campaigns/{campaignId}/summary GET
    /api/v2/outbound/digitalrulesets GET POST
    /api/v2/outbound/digitalrulesets/{digitalRuleSetId} DELETE GET PUT
    /api/v2/outbound/dnclists GET POST
    /api/v2/outbound/dnclists/divisionviews GET
    /api/v2/outbound/dnclists/divisionviews/{dncListId} GET
    /api/v2/outbound/dnclists/uploads POST
    /api/v2/outbound/dnclists/{dncListId} DELETE GET PUT
    /api/v2/outbound/dnclists/{dncListId}/customexclusioncolumns DELETE PATCH
    /api/v2/outbound/dnclists/{dncListId}/emailaddresses DELETE PATCH POST
    /api/v2/outbound/dnclists/{dncListId}/export GET POST
    /api/v2/outbound/dnclists/{dncListId}/importstatus GET
    /api/v2/outbound/dnclists/{dncListId}/phonenumbers DELETE PATCH POST
    /api/v2/outbound/dnclists/{dncListId}/whatsappnumbers DELETE PATCH
    /api/v2/outbound/events GET
    /api/v2/outbound/events/{eventId} GET
    /api/v2/outbound/filespecificationtemplates GET POST
    /api/v2/outbound/filespecificationtemplates/bulk DELETE
    /api/v2/outbound/filespecificationtemplates/{fileSpecificationTemplateId} DELETE GET PUT
    /api/v2/outbound/importtemplates DELETE GET POST
    /api/v2/outbound/importtemplates/bulk/add POST
    /api/v2/outbound/importtemplates/{importTemplateId} DELETE GET PUT
    /api/v2/outbound/importtemplates/{importTemplateId}/importstatus GET
    /api/v2/outbound/messagingcampaigns GET POST
    /api/v2/outbound/messagingcampaigns/divisionviews GET
    /api/v2/outbound/messagingcampaigns/divisionviews/{messagingCampaignId} GET
    /api/v2/outbound/messagingcampaigns/progress POST
    /api/v2/outbound/messagingcampaigns/{messagingCampaignId} DELETE GET PUT
    /api/v2/outbound/messagingcampaigns/{messagingCampaignId}/diagnostics GET
    /api/v2/outbound/messagingcampaigns/{messagingCampaignId}/progress DELETE GET
    /api/v2/outbound/messagingcampaigns/{messagingCampaignId}/start POST
    /api/v2/outbound/messagingcampaigns/{messagingCampaignId}/stop POST
    /api/v2/outbound/rulesets GET POST
    /api/v2/outbound/rulesets/{ruleSetId} DELETE GET PUT
    /api/v2/outbound/schedules/campaigns GET
    /api/v2/outbound/schedules/campaigns/{campaignId} DELETE GET PUT
    /api/v2/outbound/schedules/emailcampaigns GET
    /api/v2/outbound/schedules/emailcampaigns/{emailCampaignId} DELETE GET PUT
    /api/v2/outbound/schedules/messagingcampaigns GET
    /api/v2/outbound/schedules/messagingcampaigns/{messagingCampaignId} DELETE GET PUT
    /api/v2/outbound/schedules/sequences GET
    /api/v2/outbound/schedules/sequences/{sequenceId} DELETE GET PUT
    /api/v2/outbound/schedules/whatsappcampaigns GET
    /api/v2/outbound/schedules/whatsappcampaigns/{whatsAppCampaignId} DELETE GET PUT
    /api/v2/outbound/sequences GET POST
    /api/v2/outbound/sequences/{sequenceId} DELETE GET PUT
    /api/v2/outbound/settings GET PATCH
    /api/v2/outbound/wrapupcodemappings GET PUT
    /api/v2/presence/definitions GET POST
    /api/v2/presence/definitions/{definitionId} DELETE GET PUT
    /api/v2/presence/settings GET PUT
    /api/v2/presence/sources GET POST
    /api/v2/presence/sources/{sourceId} DELETE GET PUT
    /api/v2/presence/users/{userId}/primarysource GET PUT
    /api/v2/presencedefinitions GET POST
    /api/v2/presencedefinitions/{presenceId} DELETE GET PUT
    /api/v2/processautomation/scheduledtriggers GET POST
    /api/v2/processautomation/scheduledtriggers/{scheduledTriggerId} DELETE GET PUT
    /api/v2/processautomation/triggers GET POST
    /api/v2/processautomation/triggers/topics GET
    /api/v2/processautomation/triggers/topics/{topicName}/test POST
    /api/v2/processautomation/triggers/{triggerId} DELETE GET PUT
    /api/v2/processautomation/triggers/{triggerId}/test POST
    /api/v2/profiles/groups GET
    /api/v2/profiles/users GET
    /api/v2/quality/agents/activity GET
    /api/v2/quality/calibrations GET POST
    /api/v2/quality/calibrations/{calibrationId} DELETE GET PUT
    /api/v2/quality/conversations/audits/query POST
    /api/v2/quality/conversations/audits/query/{transactionId} GET
    /api/v2/quality/conversations/audits/query/{transactionId}/results GET
    /api/v2/quality/conversations/{conversationId}/evaluations POST
    /api/v2/quality/conversations/{conversationId}/evaluations/{evaluationId} DELETE GET PUT
    /api/v2/quality/conversations/{conversationId}/surveys GET
    /api/v2/quality/evaluations/aggregates/query/me POST
    /api/v2/quality/evaluations/query GET
    /api/v2/quality/evaluations/scoring POST
    /api/v2/quality/evaluations/search POST
    /api/v2/quality/evaluators/activity GET
    /api/v2/quality/forms GET POST
    /api/v2/quality/forms/evaluations GET POST
    /api/v2/quality/forms/evaluations/bulk GET
    /api/v2/quality/forms/evaluations/bulk/contexts GET
    /api/v2/quality/forms/evaluations/{formId} DELETE GET PUT
    /api/v2/quality/forms/evaluations/{formId}/aiscoring/settings PUT
    /api/v2/quality/forms/evaluations/{formId}/versions GET
    /api/v2/quality/forms/surveys GET POST
    /api/v2/quality/forms/surveys/bulk GET
    /api/v2/quality/forms/surveys/bulk/contexts GET
    /api/v2/quality/forms/surveys/{formId} DELETE GET PATCH PUT
    /api/v2/quality/forms/surveys/{formId}/versions GET
    /api/v2/quality/forms/{formId} DELETE GET PUT
    /api/v2/quality/forms/{formId}/versions GET
    /api/v2/quality/programs/{programId}/agentscoringrules GET POST
    /api/v2/quality/programs/{programId}/agentscoringrules/{ruleId} DELETE GET PUT
    /api/v2/quality/publishedforms GET POST
    /api/v2/quality/publishedforms/evaluations GET POST
    /api/v2/quality/publishedforms/evaluations/divisionviews GET
    /api/v2/quality/publishedforms/evaluations/divisionviews/{evaluationFormId} GET
    /api/v2/quality/publishedforms/evaluations/{formId} GET
    /api/v2/quality/publishedforms/surveys GET POST
    /api/v2/quality/publishedforms/surveys/divisionviews GET
    /api/v2/quality/publishedforms/surveys/divisionviews/{surveyFormId} GET
    /api/v2/quality/publishedforms/surveys/{formId} GET
    /api/v2/quality/publishedforms/{formId} GET
    /api/v2/quality/surveys POST
    /api/v2/quality/surveys/scorable GET PUT
    /api/v2/quality/surveys/scoring POST
    /api/v2/quality/surveys/{surveyId} GET
    /api/v2/recording/batchrequests POST
    /api/v2/recording/batchrequests/{jobId} GET
    /api/v2/recording/crossplatform/mediaretentionpolicies DELETE GET POST
    /api/v2/recording/crossplatform/mediaretentionpolicies/{policyId} DELETE GET PATCH PUT
    /api/v2/recording/jobs GET POST
    /api/v2/recording/jobs/{jobId} DELETE GET PUT
    /api/v2/recording/jobs/{jobId}/failedrecordings GET
    /api/v2/recording/keyconfigurations GET POST
    /api/v2/recording/keyconfigurations/validate POST
    /api/v2/recording/keyconfigurations/{keyConfigurationId} GET PUT
    /api/v2/recording/localkeys POST
    /api/v2/recording/mediaretentionpolicies DELETE GET POST
    /api/v2/recording/mediaretentionpolicies/{policyId} DELETE GET PATCH PUT
    /api/v2/recording/recordingkeys GET POST
    /api/v2/recording/recordingkeys/rotationschedule GET PUT
    /api/v2/recording/settings GET PUT
    /api/v2/recording/uploads/reports POST
    /api/v2/recording/uploads/reports/{reportId} GET
    /api/v2/recordings/deletionprotection POST PUT
    /api/v2/recordings/retention/query GET
    /api/v2/recordings/screensessions/acknowledge POST
    /api/v2/recordings/screensessions/details GET
    /api/v2/recordings/screensessions/metadata POST
    /api/v2/responsemanagement/libraries GET POST
    /api/v2/responsemanagement/libraries/bulk POST
    /api/v2/responsemanagement/libraries/divisionviews GET
    /api/v2/responsemanagement/libraries/divisionviews/{libraryId} GET
    /api/v2/responsemanagement/libraries/query POST
    /api/v2/responsemanagement/libraries/{libraryId} DELETE GET PUT
    /api/v2/responsemanagement/responseassets/bulk POST
    /api/v2/responsemanagement/responseassets/search POST
    /api/v2/responsemanagement/responseassets/status/{statusId} GET
    /api/v2/responsemanagement/responseassets/uploads POST
    /api/v2/responsemanagement/responseassets/{responseAssetId} DELETE GET PUT
    /api/v2/responsemanagement/responses GET POST
    /api/v2/responsemanagement/responses/divisionviews/query POST
    /api/v2/responsemanagement/responses/divisionviews/{responseId} GET
    /api/v2/responsemanagement/responses/query POST
    /api/v2/responsemanagement/responses/{responseId} DELETE GET PUT
    /api/v2/routing/assessments GET POST
    /api/v2/routing/assessments/jobs GET POST
    /api/v2/routing/assessments/jobs/{jobId} GET
    /api/v2/routing/assessments/{assessmentId} DELETE GET
    /api/v2/routing/availablemediatypes GET
    /api/v2/routing/conversations/{conversationId} PATCH
    /api/v2/routing/directroutingbackup/settings/me DELETE GET PUT
    /api/v2/routing/email/domains GET POST
    /api/v2/routing/email/domains/{domainId} DELETE GET PATCH
    /api/v2/routing/email/domains/{domainId}/dkim GET POST
    /api/v2/routing/email/domains/{domainId}/mailfrom GET POST
    /api/v2/routing/email/domains/{domainId}/testconnection POST
    /api/v2/routing/email/domains/{domainId}/validate PATCH
    /api/v2/routing/email/domains/{domainId}/verification GET POST
    /api/v2/routing/email/domains/{domainName}/routes GET POST
    /api/v2/routing/email/domains/{domainName}/routes/{routeId} DELETE GET PUT
    /api/v2/routing/email/domains/{domainName}/routes/{routeId}/identityresolution GET PUT
    /api/v2/routing/email/outbound/domains GET POST
    /api/v2/routing/email/outbound/domains/simulated POST
    /api/v2/routing/email/outbound/domains/{domainId} DELETE GET PATCH
    /api/v2/routing/email/outbound/domains/{domainId}/activation GET PUT
    /api/v2/routing/email/outbound/domains/{domainId}/testconnection POST
    /api/v2/routing/email/setting GET POST
    /api/v2/routing/email/setting/{emailSettingId} DELETE GET PATCH
    /api/v2/routing/email/setup GET
    /api/v2/routing/languages GET POST
    /api/v2/routing/languages/{languageId} DELETE GET
    /api/v2/routing/message/recipients GET
    /api/v2/routing/message/recipients/{recipientId} GET PUT
    /api/v2/routing/predictors GET POST
    /api/v2/routing/predictors/keyperformanceindicators GET POST
    /api/v2/routing/predictors/keyperformanceindicators/{kpiId} DELETE GET PATCH
    /api/v2/routing/predictors/keyperformanceindicatortypes GET
    /api/v2/routing/predictors/{predictorId} DELETE GET PATCH
    /api/v2/routing/predictors/{predictorId}/models GET
    /api/v2/routing/predictors/{predictorId}/models/{modelId}/features GET
    /api/v2/routing/queues GET POST
    /api/v2/routing/queues/divisionviews GET
    /api/v2/routing/queues/divisionviews/all GET
    /api/v2/routing/queues/me GET
    /api/v2/routing/queues/{queueId} DELETE GET PUT
    /api/v2/routing/queues/{queueId}/assistant GET
    /api/v2/routing/queues/{queueId}/comparisonperiods GET
    /api/v2/routing/queues/{queueId}/comparisonperiods/{comparisonPeriodId} GET
    /api/v2/routing/queues/{queueId}/estimatedwaittime GET
    /api/v2/routing/queues/{queueId}/identityresolution GET PUT
    /api/v2/routing/queues/{queueId}/mediatypes/{mediaType}/estimatedwaittime GET
    /api/v2/routing/queues/{queueId}/members GET PATCH POST
    /api/v2/routing/queues/{queueId}/members/{memberId} DELETE PATCH
    /api/v2/routing/queues/{queueId}/users GET PATCH POST
    /api/v2/routing/queues/{queueId}/users/{memberId} DELETE PATCH
    /api/v2/routing/queues/{queueId}/wrapupcodes GET POST
    /api/v2/routing/queues/{queueId}/wrapupcodes/{codeId} DELETE
    /api/v2/routing/settings DELETE GET PUT
    /api/v2/routing/settings/contactcenter GET PATCH
    /api/v2/routing/settings/transcription GET PATCH PUT
    /api/v2/routing/skillexpressions DELETE GET
    /api/v2/routing/skillexpressions/queue/{queueId} GET
    /api/v2/routing/skillexpressions/validate POST
    /api/v2/routing/skillexpressions/{expressionId} DELETE GET
    /api/v2/routing/skillgroups GET POST
    /api/v2/routing/skillgroups/{skillGroupId} DELETE GET PATCH
    /api/v2/routing/skillgroups/{skillGroupId}/members GET
    /api/v2/routing/skillgroups/{skillGroupId}/members/divisions GET POST
    /api/v2/routing/skills GET POST
    /api/v2/routing/skills/{skillId} DELETE GET PATCH
    /api/v2/routing/sms/addresses GET POST
    /api/v2/routing/sms/addresses/{addressId} DELETE GET
    /api/v2/routing/sms/availablephonenumbers GET
    /api/v2/routing/sms/identityresolution/phonenumbers/{addressId} GET PUT
    /api/v2/routing/sms/phonenumbers GET POST
    /api/v2/routing/sms/phonenumbers/alphanumeric POST
    /api/v2/routing/sms/phonenumbers/import POST
    /api/v2/routing/sms/phonenumbers/{phoneNumberId} DELETE GET PATCH
    /api/v2/routing/users/{userId}/directroutingbackup/settings DELETE GET PUT
    /api/v2/routing/users/{userId}/utilization DELETE GET PUT
    /api/v2/routing/utilization DELETE GET PUT
    /api/v2/routing/utilization/labels GET POST
    /api/v2/routing/utilization/labels/{labelId} DELETE GET PUT
    /api/v2/routing/utilization/labels/{labelId}/agents GET
    /api/v2/routing/wrapupcodes GET POST
    /api/v2/routing/wrapupcodes/divisionviews GET
    /api/v2/routing/wrapupcodes/divisionviews/{codeId} GET
    /api/v2/routing/wrapupcodes/{codeId} DELETE GET PUT
    /api/v2/scim/groups GET
    /api/v2/scim/groups/{groupId} GET PATCH PUT
    /api/v2/scim/resourcetypes GET
    /api/v2/scim/resourcetypes/{resourceType} GET
    /api/v2/scim/schemas GET
    /api/v2/scim/schemas/{schemaId} GET
    /api/v2/scim/serviceproviderconfig GET
    /api/v2/scim/users GET POST
    /api/v2/scim/users/{userId} DELETE GET PATCH PUT
    /api/v2/scim/v2/groups GET
    /api/v2/scim/v2/groups/{groupId} GET PATCH PUT
    /api/v2/scim/v2/resourcetypes GET
    /api/v2/scim/v2/resourcetypes/{resourceType} GET
    /api/v2/scim/v2/schemas GET
    /api/v2/scim/v2/schemas/{schemaId} GET
    /api/v2/scim/v2/serviceproviderconfig GET
    /api/v2/scim/v2/users GET POST
    /api/v2/scim/v2/users/{userId} DELETE GET PATCH PUT
    /api/v2/screenmonitors/sessions/details GET
    /api/v2/screenmonitors/sessions/users/details POST
    /api/v2/screenmonitors/settings GET PUT
    /api/v2/screenmonitors/users/{userId}/sessions GET
    /api/v2/screenrecording/token POST
    /api/v2/scripts GET
    /api/v2/scripts/divisionviews GET
    /api/v2/scripts/published GET POST
    /api/v2/scripts/published/divisionviews GET
    /api/v2/scripts/published/divisionviews/{scriptId}/variables GET
    /api/v2/scripts/published/{scriptId} GET
    /api/v2/scripts/published/{scriptId}/pages GET
    /api/v2/scripts/published/{scriptId}/pages/{pageId} GET
    /api/v2/scripts/published/{scriptId}/variables GET
    /api/v2/scripts/uploads/{uploadId}/status GET
    /api/v2/scripts/{scriptId} GET
    /api/v2/scripts/{scriptId}/export POST
    /api/v2/scripts/{scriptId}/pages GET
    /api/v2/scripts/{scriptId}/pages/{pageId} GET
    /api/v2/search GET POST
    /api/v2/search/suggest GET POST
    /api/v2/settings/executiondata GET PATCH
    /api/v2/socialmedia/analytics/aggregates/jobs POST
    /api/v2/socialmedia/analytics/aggregates/jobs/{jobId} GET
    /api/v2/socialmedia/analytics/aggregates/jobs/{jobId}/results GET
    /api/v2/socialmedia/analytics/messages/jobs POST
    /api/v2/socialmedia/analytics/messages/jobs/{jobId} GET
    /api/v2/socialmedia/analytics/messages/jobs/{jobId}/results GET
    /api/v2/socialmedia/escalationrules GET POST
    /api/v2/socialmedia/escalationrules/{escalationRuleId} DELETE GET PUT
    /api/v2/socialmedia/escalations/messages POST
    /api/v2/socialmedia/messages/{messageId} DELETE
    /api/v2/socialmedia/topics GET POST
    /api/v2/socialmedia/topics/{topicId} DELETE GET PATCH
    /api/v2/socialmedia/topics/{topicId}/dataingestionrules GET
    /api/v2/socialmedia/topics/{topicId}/dataingestionrules/facebook POST
    /api/v2/socialmedia/topics/{topicId}/dataingestionrules/facebook/{facebookIngestionRuleId} DELETE GET PATCH PUT
    /api/v2/socialmedia/topics/{topicId}/dataingestionrules/facebook/{facebookIngestionRuleId}/versions GET
    /api/v2/socialmedia/topics/{topicId}/dataingestionrules/facebook/{facebookIngestionRuleId}/versions/{dataIngestionRuleVersion} GET
    /api/v2/socialmedia/topics/{topicId}/dataingestionrules/googlebusinessprofile POST
    /api/v2/socialmedia/topics/{topicId}/dataingestionrules/googlebusinessprofile/{googleBusinessProfileIngestionRuleId} DELETE GET PATCH PUT
    /api/v2/socialmedia/topics/{topicId}/dataingestionrules/googlebusinessprofile/{googleBusinessProfileIngestionRuleId}/versions GET
    /api/v2/socialmedia/topics/{topicId}/dataingestionrules/googlebusinessprofile/{googleBusinessProfileIngestionRuleId}/versions/{dataIngestionRuleVersion} GET
    /api/v2/socialmedia/topics/{topicId}/dataingestionrules/instagram POST
    /api/v2/socialmedia/topics/{topicId}/dataingestionrules/instagram/{instagramIngestionRuleId} DELETE GET PATCH PUT
    /api/v2/socialmedia/topics/{topicId}/dataingestionrules/instagram/{instagramIngestionRuleId}/versions GET
    /api/v2/socialmedia/topics/{topicId}/dataingestionrules/instagram/{instagramIngestionRuleId}/versions/{dataIngestionRuleVersion} GET
    /api/v2/socialmedia/topics/{topicId}/dataingestionrules/open POST
    /api/v2/socialmedia/topics/{topicId}/dataingestionrules/open/{openId} DELETE GET PATCH PUT
    /api/v2/socialmedia/topics/{topicId}/dataingestionrules/open/{openId}/versions GET
    /api/v2/socialmedia/topics/{topicId}/dataingestionrules/open/{openId}/versions/{dataIngestionRuleVersion} GET
    /api/v2/socialmedia/topics/{topicId}/dataingestionrules/open/{ruleId}/messages/bulk POST
    /api/v2/socialmedia/topics/{topicId}/dataingestionrules/open/{ruleId}/reactions/bulk POST
    /api/v2/socialmedia/topics/{topicId}/dataingestionrules/twitter POST
    /api/v2/socialmedia/topics/{topicId}/dataingestionrules/twitter/{twitterIngestionRuleId} DELETE GET PATCH PUT
    /api/v2/socialmedia/topics/{topicId}/dataingestionrules/twitter/{twitterIngestionRuleId}/versions GET
    /api/v2/socialmedia/topics/{topicId}/dataingestionrules/twitter/{twitterIngestionRuleId}/versions/{dataIngestionRuleVersion} GET
    /api/v2/socialmedia/twitter/historical/tweets POST
    /api/v2/speechandtextanalytics/categories GET POST
    /api/v2/speechandtextanalytics/categories/{categoryId} DELETE GET PUT
    /api/v2/speechandtextanalytics/conversations/{conversationId} GET
    /api/v2/speechandtextanalytics/conversations/{conversationId}/categories GET
    /api/v2/speechandtextanalytics/conversations/{conversationId}/communications/{communicationId}/transcripturl GET
    /api/v2/speechandtextanalytics/conversations/{conversationId}/communications/{communicationId}/transcripturls GET
    /api/v2/speechandtextanalytics/conversations/{conversationId}/sentiments GET
    /api/v2/speechandtextanalytics/conversations/{conversationId}/summaries GET
    /api/v2/speechandtextanalytics/dictionaryfeedback GET POST
    /api/v2/speechandtextanalytics/dictionaryfeedback/{dictionaryFeedbackId} DELETE GET PUT
    /api/v2/speechandtextanalytics/programs GET POST
    /api/v2/speechandtextanalytics/programs/general/jobs POST
    /api/v2/speechandtextanalytics/programs/general/jobs/{jobId} GET
    /api/v2/speechandtextanalytics/programs/mappings GET
    /api/v2/speechandtextanalytics/programs/publishjobs POST
    /api/v2/speechandtextanalytics/programs/publishjobs/{jobId} GET
    /api/v2/speechandtextanalytics/programs/settings/insights GET
    /api/v2/speechandtextanalytics/programs/settings/processing GET
    /api/v2/speechandtextanalytics/programs/topiclinks/jobs/{jobId} GET
    /api/v2/speechandtextanalytics/programs/transcriptionengines/dialects GET
    /api/v2/speechandtextanalytics/programs/unpublished GET
    /api/v2/speechandtextanalytics/programs/{programId} DELETE GET PUT
    /api/v2/speechandtextanalytics/programs/{programId}/mappings GET PUT
    /api/v2/speechandtextanalytics/programs/{programId}/settings/insights GET PUT
    /api/v2/speechandtextanalytics/programs/{programId}/settings/processing GET PATCH
    /api/v2/speechandtextanalytics/programs/{programId}/transcriptionengines GET PUT
    /api/v2/speechandtextanalytics/reprocessing/jobs GET POST
    /api/v2/speechandtextanalytics/reprocessing/jobs/{jobId} DELETE GET
    /api/v2/speechandtextanalytics/reprocessing/jobs/{jobId}/interactions GET
    /api/v2/speechandtextanalytics/sentiment/dialects GET
    /api/v2/speechandtextanalytics/sentimentfeedback DELETE GET POST
    /api/v2/speechandtextanalytics/sentimentfeedback/{sentimentFeedbackId} DELETE
    /api/v2/speechandtextanalytics/settings GET PATCH PUT
    /api/v2/speechandtextanalytics/topics GET POST
    /api/v2/speechandtextanalytics/topics/dialects GET
    /api/v2/speechandtextanalytics/topics/general GET
    /api/v2/speechandtextanalytics/topics/general/status GET
    /api/v2/speechandtextanalytics/topics/generatedphrases/jobs POST
    /api/v2/speechandtextanalytics/topics/generatedphrases/jobs/{jobId} GET
    /api/v2/speechandtextanalytics/topics/publishjobs POST
    /api/v2/speechandtextanalytics/topics/publishjobs/{jobId} GET
    /api/v2/speechandtextanalytics/topics/testphrase/jobs POST
    /api/v2/speechandtextanalytics/topics/testphrase/jobs/{jobId} GET
    /api/v2/speechandtextanalytics/topics/{topicId} DELETE GET PUT
    /api/v2/speechandtextanalytics/transcripts/search POST
    /api/v2/speechandtextanalytics/translations/languages GET
    /api/v2/speechandtextanalytics/translations/languages/{languageId}/conversations/{conversationId} GET
    /api/v2/stations GET
    /api/v2/stations/{stationId} GET
    /api/v2/stations/{stationId}/associateduser DELETE
    /api/v2/systempresences GET
    /api/v2/taskmanagement/workbins POST
    /api/v2/taskmanagement/workbins/query POST
    /api/v2/taskmanagement/workbins/{workbinId} DELETE GET PATCH
    /api/v2/taskmanagement/workbins/{workbinId}/history GET
    /api/v2/taskmanagement/workbins/{workbinId}/versions GET
    /api/v2/taskmanagement/workbins/{workbinId}/versions/{entityVersion} GET
    /api/v2/taskmanagement/workitems POST
    /api/v2/taskmanagement/workitems/bulk/add/jobs POST
    /api/v2/taskmanagement/workitems/bulk/add/jobs/{bulkJobId} DELETE GET PATCH
    /api/v2/taskmanagement/workitems/bulk/add/jobs/{bulkJobId}/results GET
    /api/v2/taskmanagement/workitems/bulk/jobs/users/me GET
    /api/v2/taskmanagement/workitems/bulk/terminate/jobs POST
    /api/v2/taskmanagement/workitems/bulk/terminate/jobs/{bulkJobId} DELETE GET PATCH
    /api/v2/taskmanagement/workitems/bulk/terminate/jobs/{bulkJobId}/results GET
    /api/v2/taskmanagement/workitems/query POST
    /api/v2/taskmanagement/workitems/query/jobs POST
    /api/v2/taskmanagement/workitems/query/jobs/{jobId} GET
    /api/v2/taskmanagement/workitems/query/jobs/{jobId}/results GET
    /api/v2/taskmanagement/workitems/schemas GET POST
    /api/v2/taskmanagement/workitems/schemas/coretypes GET
    /api/v2/taskmanagement/workitems/schemas/coretypes/{coreTypeName} GET
    /api/v2/taskmanagement/workitems/schemas/limits GET
    /api/v2/taskmanagement/workitems/schemas/{schemaId} DELETE GET PUT
    /api/v2/taskmanagement/workitems/schemas/{schemaId}/versions GET
    /api/v2/taskmanagement/workitems/schemas/{schemaId}/versions/{versionId} GET
    /api/v2/taskmanagement/workitems/{workitemId} DELETE GET PATCH
    /api/v2/taskmanagement/workitems/{workitemId}/acd/cancel POST
    /api/v2/taskmanagement/workitems/{workitemId}/assignment PATCH
    /api/v2/taskmanagement/workitems/{workitemId}/disconnect POST
    /api/v2/taskmanagement/workitems/{workitemId}/history GET
    /api/v2/taskmanagement/workitems/{workitemId}/terminate POST
    /api/v2/taskmanagement/workitems/{workitemId}/users/me/wrapups PATCH
    /api/v2/taskmanagement/workitems/{workitemId}/users/{userId}/wrapups GET PATCH
    /api/v2/taskmanagement/workitems/{workitemId}/versions GET
    /api/v2/taskmanagement/workitems/{workitemId}/versions/{entityVersion} GET
    /api/v2/taskmanagement/workitems/{workitemId}/wrapups GET
    /api/v2/taskmanagement/worktypes POST
    /api/v2/taskmanagement/worktypes/query POST
    /api/v2/taskmanagement/worktypes/{worktypeId} DELETE GET PATCH
    /api/v2/taskmanagement/worktypes/{worktypeId}/flows/datebased/rules GET POST
    /api/v2/taskmanagement/worktypes/{worktypeId}/flows/datebased/rules/{ruleId} DELETE GET PATCH
    /api/v2/taskmanagement/worktypes/{worktypeId}/flows/onattributechange/rules GET POST
    /api/v2/taskmanagement/worktypes/{worktypeId}/flows/onattributechange/rules/{ruleId} DELETE GET PATCH
    /api/v2/taskmanagement/worktypes/{worktypeId}/flows/oncreate/rules GET POST
    /api/v2/taskmanagement/worktypes/{worktypeId}/flows/oncreate/rules/{ruleId} DELETE GET PATCH
    /api/v2/taskmanagement/worktypes/{worktypeId}/history GET
    /api/v2/taskmanagement/worktypes/{worktypeId}/statuses GET POST
    /api/v2/taskmanagement/worktypes/{worktypeId}/statuses/{statusId} DELETE GET PATCH
    /api/v2/taskmanagement/worktypes/{worktypeId}/versions GET
    /api/v2/taskmanagement/worktypes/{worktypeId}/versions/{entityVersion} GET
    /api/v2/teams GET POST
    /api/v2/teams/search POST
    /api/v2/teams/{teamId} DELETE GET PATCH
    /api/v2/teams/{teamId}/members DELETE GET POST
    /api/v2/telephony/agents/greetings/me GET PUT
    /api/v2/telephony/agents/{agentId}/greetings GET PUT
    /api/v2/telephony/calls/metrics GET
    /api/v2/telephony/mediaregions GET
    /api/v2/telephony/numbers/routing GET POST
    /api/v2/telephony/numbers/routing/all POST
    /api/v2/telephony/numbers/routing/reset POST
    /api/v2/telephony/organization/link GET POST
    /api/v2/telephony/organization/link/approve/{requestingOrganizationId} PATCH
    /api/v2/telephony/organization/link/regions GET
    /api/v2/telephony/organization/link/{targetOrganizationId} DELETE
    /api/v2/telephony/prefixes GET
    /api/v2/telephony/prefixes/bulk POST
    /api/v2/telephony/prefixes/simulate/call GET
    /api/v2/telephony/providers/edges GET POST
    /api/v2/telephony/providers/edges/addressvalidation POST
    /api/v2/telephony/providers/edges/alertablepresences DELETE GET PUT
    /api/v2/telephony/providers/edges/certificateauthorities GET POST
    /api/v2/telephony/providers/edges/certificateauthorities/{certificateId} DELETE GET PUT
    /api/v2/telephony/providers/edges/didpools GET POST
    /api/v2/telephony/providers/edges/didpools/dids GET
    /api/v2/telephony/providers/edges/didpools/{didPoolId} DELETE GET PUT
    /api/v2/telephony/providers/edges/dids GET
    /api/v2/telephony/providers/edges/dids/{didId} GET
    /api/v2/telephony/providers/edges/edgegroups GET POST
    /api/v2/telephony/providers/edges/edgegroups/{edgeGroupId} DELETE GET PUT
    /api/v2/telephony/providers/edges/edgegroups/{edgegroupId}/edgetrunkbases/{edgetrunkbaseId} GET PUT
    /api/v2/telephony/providers/edges/edgeversionreport GET
    /api/v2/telephony/providers/edges/expired GET
    /api/v2/telephony/providers/edges/extensionpools GET POST
    /api/v2/telephony/providers/edges/extensionpools/divisionviews GET
    /api/v2/telephony/providers/edges/extensionpools/{extensionPoolId} DELETE GET PUT
    /api/v2/telephony/providers/edges/extensions GET
    /api/v2/telephony/providers/edges/extensions/{extensionId} GET
    /api/v2/telephony/providers/edges/linebasesettings GET
    /api/v2/telephony/providers/edges/linebasesettings/{lineBaseId} GET
    /api/v2/telephony/providers/edges/lines GET
    /api/v2/telephony/providers/edges/lines/template GET
    /api/v2/telephony/providers/edges/lines/{lineId} GET
    /api/v2/telephony/providers/edges/logicalinterfaces GET
    /api/v2/telephony/providers/edges/mediastatistics/conversations/{conversationId} GET
    /api/v2/telephony/providers/edges/mediastatistics/conversations/{conversationId}/communications/{communicationId} GET
    /api/v2/telephony/providers/edges/metrics GET
    /api/v2/telephony/providers/edges/outboundroutes GET
    /api/v2/telephony/providers/edges/phonebasesettings GET POST
    /api/v2/telephony/providers/edges/phonebasesettings/availablemetabases GET
    /api/v2/telephony/providers/edges/phonebasesettings/template GET
    /api/v2/telephony/providers/edges/phonebasesettings/{phoneBaseId} DELETE GET PUT
    /api/v2/telephony/providers/edges/phones GET POST
    /api/v2/telephony/providers/edges/phones/reboot POST
    /api/v2/telephony/providers/edges/phones/template GET
    /api/v2/telephony/providers/edges/phones/{phoneId} DELETE GET PUT
    /api/v2/telephony/providers/edges/phones/{phoneId}/reboot POST
    /api/v2/telephony/providers/edges/physicalinterfaces GET
    /api/v2/telephony/providers/edges/sites GET POST
    /api/v2/telephony/providers/edges/sites/search GET POST
    /api/v2/telephony/providers/edges/sites/{siteId} DELETE GET PUT
    /api/v2/telephony/providers/edges/sites/{siteId}/numberplans GET PUT
    /api/v2/telephony/providers/edges/sites/{siteId}/numberplans/classifications GET
    /api/v2/telephony/providers/edges/sites/{siteId}/numberplans/{numberPlanId} GET
    /api/v2/telephony/providers/edges/sites/{siteId}/outboundroutes GET POST
    /api/v2/telephony/providers/edges/sites/{siteId}/outboundroutes/{outboundRouteId} DELETE GET PUT
    /api/v2/telephony/providers/edges/sites/{siteId}/siteconnections GET PATCH PUT
    /api/v2/telephony/providers/edges/timezones GET
    /api/v2/telephony/providers/edges/trunkbasesettings GET POST
    /api/v2/telephony/providers/edges/trunkbasesettings/availablemetabases GET
    /api/v2/telephony/providers/edges/trunkbasesettings/search POST
    /api/v2/telephony/providers/edges/trunkbasesettings/site/{siteId} GET
    /api/v2/telephony/providers/edges/trunkbasesettings/template GET
    /api/v2/telephony/providers/edges/trunkbasesettings/{trunkBaseSettingsId} DELETE GET PUT
    /api/v2/telephony/providers/edges/trunks GET
    /api/v2/telephony/providers/edges/trunks/metrics GET
    /api/v2/telephony/providers/edges/trunks/search POST
    /api/v2/telephony/providers/edges/trunks/{trunkId} GET
    /api/v2/telephony/providers/edges/trunks/{trunkId}/metrics GET
    /api/v2/telephony/providers/edges/trunkswithrecording GET
    /api/v2/telephony/providers/edges/{edgeId} DELETE GET PUT
    /api/v2/telephony/providers/edges/{edgeId}/diagnostic/nslookup GET POST
    /api/v2/telephony/providers/edges/{edgeId}/diagnostic/ping GET POST
    /api/v2/telephony/providers/edges/{edgeId}/diagnostic/route GET POST
    /api/v2/telephony/providers/edges/{edgeId}/diagnostic/tracepath GET POST
    /api/v2/telephony/providers/edges/{edgeId}/logicalinterfaces GET POST
    /api/v2/telephony/providers/edges/{edgeId}/logicalinterfaces/{interfaceId} DELETE GET PUT
    /api/v2/telephony/providers/edges/{edgeId}/logs/jobs POST
    /api/v2/telephony/providers/edges/{edgeId}/logs/jobs/{jobId} GET
    /api/v2/telephony/providers/edges/{edgeId}/logs/jobs/{jobId}/upload POST
    /api/v2/telephony/providers/edges/{edgeId}/metrics GET
    /api/v2/telephony/providers/edges/{edgeId}/offlineconfiguration POST
    /api/v2/telephony/providers/edges/{edgeId}/physicalinterfaces GET
    /api/v2/telephony/providers/edges/{edgeId}/physicalinterfaces/{interfaceId} GET
    /api/v2/telephony/providers/edges/{edgeId}/reboot POST
    /api/v2/telephony/providers/edges/{edgeId}/setuppackage GET
    /api/v2/telephony/providers/edges/{edgeId}/softwareupdate DELETE GET POST
    /api/v2/telephony/providers/edges/{edgeId}/softwareversions GET
    /api/v2/telephony/providers/edges/{edgeId}/statuscode POST
    /api/v2/telephony/providers/edges/{edgeId}/trunks GET
    /api/v2/telephony/providers/edges/{edgeId}/unpair POST
    /api/v2/telephony/settings GET PUT
    /api/v2/telephony/sipmessages/conversations/{conversationId} GET
    /api/v2/telephony/sipmessages/conversations/{conversationId}/headers GET
    /api/v2/telephony/siptraces GET
    /api/v2/telephony/siptraces/download POST
    /api/v2/telephony/siptraces/download/{downloadId} GET
    /api/v2/textbots/botflows/sessions POST
    /api/v2/textbots/botflows/sessions/{sessionId}/turns POST
    /api/v2/textbots/bots/execute POST
    /api/v2/textbots/bots/search GET
    /api/v2/timezones GET
    /api/v2/tokens/me DELETE GET HEAD
    /api/v2/tokens/timeout GET PUT
    /api/v2/tokens/{userId} DELETE
    /api/v2/uploads/learning/coverart POST
    /api/v2/uploads/publicassets/images POST
    /api/v2/uploads/recordings POST
    /api/v2/uploads/workforcemanagement/historicaldata/csv POST
    /api/v2/usage/aggregates/query/jobs POST
    /api/v2/usage/aggregates/query/jobs/{jobId} GET
    /api/v2/usage/client/{clientId}/aggregates/query/jobs POST
    /api/v2/usage/client/{clientId}/aggregates/query/jobs/{jobId} GET
    /api/v2/usage/events/aggregates/query POST
    /api/v2/usage/events/definitions GET
    /api/v2/usage/events/definitions/{eventDefinitionId} GET
    /api/v2/usage/events/query POST
    /api/v2/usage/query POST
    /api/v2/usage/query/{executionId}/results GET
    /api/v2/usage/simplesearch POST
    /api/v2/usage/simplesearch/{executionId}/results GET
    /api/v2/userrecordings GET
    /api/v2/userrecordings/summary GET
    /api/v2/userrecordings/{recordingId} DELETE GET PUT
    /api/v2/userrecordings/{recordingId}/transcoding GET
    /api/v2/users GET POST
    /api/v2/users/agentui/agents/autoanswer/{agentId}/settings DELETE GET PATCH PUT
    /api/v2/users/bulk PATCH
    /api/v2/users/chats/me GET
    /api/v2/users/customattributes/schemas GET POST
    /api/v2/users/customattributes/schemas/coretypes GET
    /api/v2/users/customattributes/schemas/coretypes/{coreTypeName} GET
    /api/v2/users/customattributes/schemas/limits GET
    /api/v2/users/customattributes/schemas/{schemaId} DELETE GET PUT
    /api/v2/users/customattributes/schemas/{schemaId}/versions GET
    /api/v2/users/customattributes/schemas/{schemaId}/versions/{versionId} GET
    /api/v2/users/development/activities GET
    /api/v2/users/development/activities/aggregates/query POST
    /api/v2/users/development/activities/me GET
    /api/v2/users/development/activities/{activityId} GET
    /api/v2/users/externalid/{authorityName}/{externalKey} GET
    /api/v2/users/me GET
    /api/v2/users/me/password POST
    /api/v2/users/me/verifiers GET
    /api/v2/users/me/verifiers/totp POST
    /api/v2/users/me/verifiers/totp/{verifierId} POST
    /api/v2/users/me/verifiers/webauthn/register POST
    /api/v2/users/me/verifiers/webauthn/register/options POST
    /api/v2/users/me/verifiers/{verifierId} DELETE PUT
    /api/v2/users/presences/bulk PUT
    /api/v2/users/presences/purecloud/bulk GET
    /api/v2/users/presences/{sourceId}/bulk GET
    /api/v2/users/query GET
    /api/v2/users/rules GET POST
    /api/v2/users/rules/query POST
    /api/v2/users/rules/settings/{ruleType} GET
    /api/v2/users/rules/{ruleId} DELETE GET PATCH
    /api/v2/users/rules/{ruleId}/dependents GET
    /api/v2/users/rules/{ruleId}/dependents/{ruleType}/{typeId} GET
    /api/v2/users/search GET POST
    /api/v2/users/search/conversation/target POST
    /api/v2/users/search/queuemembers/manage POST
    /api/v2/users/search/teams/assign POST
    /api/v2/users/stations/me GET
    /api/v2/users/stations/me/associatedstation DELETE
    /api/v2/users/stations/me/associatedstation/{stationId} PUT
    /api/v2/users/{subjectId}/roles GET PUT
    /api/v2/users/{userId} DELETE GET PATCH
    /api/v2/users/{userId}/adjacents GET
    /api/v2/users/{userId}/callforwarding GET PATCH PUT
    /api/v2/users/{userId}/customattributes PATCH PUT
    /api/v2/users/{userId}/customattributes/bulk GET PATCH
    /api/v2/users/{userId}/customattributes/{schemaId} DELETE GET
    /api/v2/users/{userId}/directreports GET
    /api/v2/users/{userId}/externalid GET POST
    /api/v2/users/{userId}/externalid/{authorityName} GET
    /api/v2/users/{userId}/externalid/{authorityName}/{externalKey} DELETE
    /api/v2/users/{userId}/favorites GET
    /api/v2/users/{userId}/geolocations/{clientId} GET PATCH
    /api/v2/users/{userId}/greetings GET POST
    /api/v2/users/{userId}/greetings/defaults GET PUT
    /api/v2/users/{userId}/invite POST
    /api/v2/users/{userId}/outofoffice GET PUT
    /api/v2/users/{userId}/password POST
    /api/v2/users/{userId}/presences/purecloud GET PATCH
    /api/v2/users/{userId}/presences/{sourceId} GET PATCH
    /api/v2/users/{userId}/profile GET
    /api/v2/users/{userId}/profileskills GET PUT
    /api/v2/users/{userId}/queues GET PATCH
    /api/v2/users/{userId}/queues/{queueId} PATCH
    /api/v2/users/{userId}/routinglanguages GET POST
    /api/v2/users/{userId}/routinglanguages/bulk PATCH
    /api/v2/users/{userId}/routinglanguages/{languageId} DELETE PATCH
    /api/v2/users/{userId}/routingskills GET POST
    /api/v2/users/{userId}/routingskills/bulk PATCH PUT
    /api/v2/users/{userId}/routingskills/{skillId} DELETE PUT
    /api/v2/users/{userId}/routingstatus GET PUT
    /api/v2/users/{userId}/screenmonitors/sessions POST
    /api/v2/users/{userId}/screenmonitors/sessions/{screenMonitoringId} DELETE GET
    /api/v2/users/{userId}/skillgroups GET
    /api/v2/users/{userId}/state GET PUT
    /api/v2/users/{userId}/station GET
    /api/v2/users/{userId}/station/associatedstation DELETE
    /api/v2/users/{userId}/station/associatedstation/{stationId} PUT
    /api/v2/users/{userId}/station/defaultstation DELETE
    /api/v2/users/{userId}/station/defaultstation/{stationId} PUT
    /api/v2/users/{userId}/superiors GET
    /api/v2/users/{userId}/trustors GET
    /api/v2/users/{userId}/verifiers GET
    /api/v2/users/{userId}/verifiers/{verifierId} DELETE PUT
    /api/v2/voicemail/groups/{groupId}/mailbox GET
    /api/v2/voicemail/groups/{groupId}/messages GET
    /api/v2/voicemail/groups/{groupId}/policy GET PATCH
    /api/v2/voicemail/mailbox GET
    /api/v2/voicemail/me/mailbox GET
    /api/v2/voicemail/me/messages GET
    /api/v2/voicemail/me/policy GET PATCH
    /api/v2/voicemail/messages DELETE GET POST
    /api/v2/voicemail/messages/{messageId} DELETE GET PATCH PUT
    /api/v2/voicemail/messages/{messageId}/media GET
    /api/v2/voicemail/policy GET PUT
    /api/v2/voicemail/queues/{queueId}/messages GET
    /api/v2/voicemail/search GET POST
    /api/v2/voicemail/userpolicies/{userId} GET PATCH PUT
    /api/v2/voicemail/users/{userId}/mailbox GET
    /api/v2/voicemail/users/{userId}/messages GET
    /api/v2/webdeployments/configurations GET POST
    /api/v2/webdeployments/configurations/{configurationId} DELETE
    /api/v2/webdeployments/configurations/{configurationId}/versions GET
    /api/v2/webdeployments/configurations/{configurationId}/versions/draft GET PUT
    /api/v2/webdeployments/configurations/{configurationId}/versions/draft/publish POST
    /api/v2/webdeployments/configurations/{configurationId}/versions/{versionId} GET
    /api/v2/webdeployments/deployments GET POST
    /api/v2/webdeployments/deployments/{deploymentId} DELETE GET PUT
    /api/v2/webdeployments/deployments/{deploymentId}/cobrowse/{sessionId} DELETE GET
    /api/v2/webdeployments/deployments/{deploymentId}/configurations GET
    /api/v2/webdeployments/deployments/{deploymentId}/identityresolution GET PUT
    /api/v2/webdeployments/token/oauthcodegrantjwtexchange POST
    /api/v2/webdeployments/token/refresh POST
    /api/v2/webdeployments/token/revoke DELETE
    /api/v2/webmessaging/deployments/{deploymentId}/pushdevices/{tokenId} DELETE PATCH POST
    /api/v2/webmessaging/messages GET
    /api/v2/workforcemanagement/adherence GET
    /api/v2/workforcemanagement/adherence/adjustments POST
    /api/v2/workforcemanagement/adherence/adjustments/query POST
    /api/v2/workforcemanagement/adherence/adjustments/{adjustmentId} DELETE GET PATCH
    /api/v2/workforcemanagement/adherence/explanations POST
    /api/v2/workforcemanagement/adherence/explanations/jobs/{jobId} GET
    /api/v2/workforcemanagement/adherence/explanations/query POST
    /api/v2/workforcemanagement/adherence/explanations/{explanationId} GET
    /api/v2/workforcemanagement/adherence/historical/bulk POST
    /api/v2/workforcemanagement/adherence/historical/bulk/jobs/{jobId} GET
    /api/v2/workforcemanagement/adherence/historical/jobs/{jobId} GET
    /api/v2/workforcemanagement/agents POST
    /api/v2/workforcemanagement/agents/integrations/hris/query POST
    /api/v2/workforcemanagement/agents/me/adherence/historical/jobs POST
    /api/v2/workforcemanagement/agents/me/adherence/historical/jobs/{jobId} GET
    /api/v2/workforcemanagement/agents/me/managementunit GET
    /api/v2/workforcemanagement/agents/me/possibleworkshifts POST
    /api/v2/workforcemanagement/agents/opportunities/enrollments/bulk/add POST
    /api/v2/workforcemanagement/agents/opportunities/enrollments/bulk/statuses/update POST
    /api/v2/workforcemanagement/agents/opportunities/query POST
    /api/v2/workforcemanagement/agents/{agentId}/adherence/adjustments/query POST
    /api/v2/workforcemanagement/agents/{agentId}/adherence/adjustments/{adjustmentId} GET PATCH
    /api/v2/workforcemanagement/agents/{agentId}/adherence/explanations POST
    /api/v2/workforcemanagement/agents/{agentId}/adherence/explanations/query POST
    /api/v2/workforcemanagement/agents/{agentId}/adherence/explanations/{explanationId} GET PATCH
    /api/v2/workforcemanagement/agents/{agentId}/integrations/hris PUT
    /api/v2/workforcemanagement/agents/{agentId}/managementunit GET
    /api/v2/workforcemanagement/agents/{agentId}/schedulingpreferences/query POST
    /api/v2/workforcemanagement/agents/{agentId}/unavailabletimes PATCH
    /api/v2/workforcemanagement/agents/{agentId}/unavailabletimes/query POST
    /api/v2/workforcemanagement/agentschedules/managementunits/mine POST
    /api/v2/workforcemanagement/agentschedules/mine POST
    /api/v2/workforcemanagement/alternativeshifts/offers/jobs POST
    /api/v2/workforcemanagement/alternativeshifts/offers/jobs/{jobId} GET
    /api/v2/workforcemanagement/alternativeshifts/offers/search/jobs POST
    /api/v2/workforcemanagement/alternativeshifts/offers/search/jobs/{jobId} GET
    /api/v2/workforcemanagement/alternativeshifts/settings GET
    /api/v2/workforcemanagement/alternativeshifts/trades GET POST
    /api/v2/workforcemanagement/alternativeshifts/trades/jobs/{jobId} GET
    /api/v2/workforcemanagement/alternativeshifts/trades/state/jobs PATCH
    /api/v2/workforcemanagement/alternativeshifts/trades/state/jobs/{jobId} GET
    /api/v2/workforcemanagement/alternativeshifts/trades/{tradeId} GET PATCH
    /api/v2/workforcemanagement/businessunits GET POST
    /api/v2/workforcemanagement/businessunits/divisionviews GET
    /api/v2/workforcemanagement/businessunits/{businessUnitId} DELETE GET PATCH
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/activitycodes GET POST
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/activitycodes/bulk PATCH
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/activitycodes/{activityCodeId} DELETE GET PATCH
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/activityplans GET POST
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/activityplans/jobs GET
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/activityplans/{activityPlanId} GET PATCH
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/activityplans/{activityPlanId}/deletions/jobs POST
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/activityplans/{activityPlanId}/deletions/jobs/{jobId} GET
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/activityplans/{activityPlanId}/jobs GET
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/activityplans/{activityPlanId}/occurrences/deletions/jobs POST
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/activityplans/{activityPlanId}/occurrences/deletions/jobs/{jobId} GET
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/activityplans/{activityPlanId}/occurrences/{occurrenceId}/sessions/deletions/jobs POST
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/activityplans/{activityPlanId}/occurrences/{occurrenceId}/sessions/deletions/jobs/{jobId} GET
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/activityplans/{activityPlanId}/occurrences/{occurrenceId}/sessions/{sessionId}/users/deletions/jobs POST
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/activityplans/{activityPlanId}/occurrences/{occurrenceId}/sessions/{sessionId}/users/deletions/jobs/{jobId} GET
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/activityplans/{activityPlanId}/runs/jobs POST
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/activityplans/{activityPlanId}/runs/jobs/{jobId} GET
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/adherence/adjustments/bulk GET PATCH
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/adherence/adjustments/query POST
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/adherence/adjustments/query/jobs GET POST
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/adherence/adjustments/query/jobs/{jobId} GET
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/adherence/adjustments/reasoncodes GET POST
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/adherence/adjustments/reasoncodes/bulk DELETE GET PATCH POST
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/adherence/adjustments/reasoncodes/{reasonCodeId} DELETE GET PATCH
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/adherence/adjustments/settings GET PATCH
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/adherence/explanations/query POST
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/agentschedules/search POST
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/alternativeshifts/settings GET PATCH
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/alternativeshifts/trades/search POST
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/alternativeshifts/trades/search/jobs/{jobId} GET
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/alternativeshifts/trades/{tradeId} GET
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/capacityplanning/longtermrequirements/automaticbestmethod/weeks/{weekDateId}/forecasts/{forecastId} GET
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/capacityplanning/longtermrequirements/automaticbestmethod/weeks/{weekDateId}/forecasts/{forecastId}/forceregenerate POST
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/capacityplans GET POST
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/capacityplans/bulk/remove POST
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/capacityplans/{capacityPlanId} GET PATCH
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/capacityplans/{capacityPlanId}/copy POST
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/capacityplans/{capacityPlanId}/forecast GET
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/capacityplans/{capacityPlanId}/requirement/generate POST
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/capacityplans/{capacityPlanId}/staffinggroupallocations GET POST
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/capacityplans/{capacityPlanId}/staffinggroupallocationshistory DELETE
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/capacityplans/{capacityPlanId}/staffinggroupallocationshistory/query POST
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/capacityplans/{capacityPlanId}/staffingrequirements GET
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/decisionmetrics/jobs/{jobId} GET
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/decisionmetrics/update POST
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/decisionmetrics/update/uploadurl POST
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/intraday POST
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/intraday/planninggroups GET
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/mainforecast/continuousforecast/session GET
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/mainforecast/continuousforecast/session/export/forecast/jobs POST
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/mainforecast/continuousforecast/session/export/forecast/jobs/{jobId} GET
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/mainforecast/continuousforecast/session/export/historical/jobs POST
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/mainforecast/continuousforecast/session/export/historical/jobs/{jobId} GET
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/mainforecast/continuousforecast/session/export/snapshot/jobs POST
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/mainforecast/continuousforecast/session/export/snapshot/jobs/{jobId} GET
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/mainforecast/continuousforecast/session/{sessionId} GET
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/mainforecast/continuousforecast/session/{sessionId}/snapshot/{snapshotId} GET
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/managementunits GET
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/minimumstaffing/settings GET PATCH
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/opportunities/bulk/add POST
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/opportunities/bulk/publish POST
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/opportunities/bulk/remove POST
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/opportunities/bulk/statuses/update POST
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/opportunities/enrollments/bulk/statuses/update POST
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/opportunities/enrollments/query POST
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/opportunities/externalactivities/query POST
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/opportunities/query POST
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/opportunities/{opportunityId} GET PATCH
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/planninggroups GET POST
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/planninggroups/{planningGroupId} DELETE GET PATCH
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/schedulebids GET POST
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/schedulebids/effectiveschedulesets POST
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/schedulebids/{bidId} DELETE GET PATCH
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/schedulebids/{bidId}/copy POST
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/schedulebids/{bidId}/groups POST
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/schedulebids/{bidId}/groups/summary GET
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/schedulebids/{bidId}/groups/{bidGroupId} DELETE GET PATCH
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/schedulebids/{bidId}/groups/{bidGroupId}/preferences GET PATCH
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/scheduler/settings GET PATCH
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/scheduling/runs GET
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/scheduling/runs/{runId} DELETE GET PATCH
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/scheduling/runs/{runId}/result GET
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/schedulingpreferences/settings GET PATCH
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/servicegoaltemplates GET POST
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/servicegoaltemplates/{serviceGoalTemplateId} DELETE GET PATCH
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/shifttrading/trades/evaluate/jobs POST
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/shifttrading/trades/evaluate/jobs/{jobId} GET
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/shifttrading/trades/query/jobs POST
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/shifttrading/trades/query/jobs/{jobId} GET
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/shifttrading/trades/state/bulk/jobs POST
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/shifttrading/trades/state/bulk/jobs/{jobId} GET
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/shifttrading/unmatched/search/jobs POST
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/shifttrading/unmatched/search/jobs/{jobId} GET
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/shifttrading/weeks/summary/jobs POST
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/shifttrading/weeks/summary/jobs/{jobId} GET
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/staffinggroups GET POST
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/staffinggroups/planninggroups/query POST
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/staffinggroups/query POST
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/staffinggroups/{staffingGroupId} DELETE GET PATCH
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/timeofflimits GET POST
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/timeofflimits/values/query POST
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/timeofflimits/{timeOffLimitId} DELETE GET
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/timeofflimits/{timeOffLimitId}/granularityconversion POST
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/timeofflimits/{timeOffLimitId}/granularityconversion/jobs GET
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/timeofflimits/{timeOffLimitId}/granularityconversion/jobs/{jobId} GET
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/timeofflimits/{timeOffLimitId}/values PUT
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/timeofflimits/{timeOffLimitId}/values/import POST
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/timeofflimits/{timeOffLimitId}/values/import/uploadurl POST
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/timeofflimits/{timeOffLimitId}/values/query POST
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/timeoffplans GET POST
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/timeoffplans/{timeOffPlanId} DELETE GET PATCH
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/unavailabletimes/schedules/query POST
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/unavailabletimes/settings/query POST
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/users GET
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/weeks/{weekDateId}/shorttermforecasts GET
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/weeks/{weekDateId}/shorttermforecasts/generate POST
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/weeks/{weekDateId}/shorttermforecasts/import POST
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/weeks/{weekDateId}/shorttermforecasts/import/uploadurl POST
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/weeks/{weekDateId}/shorttermforecasts/{forecastId} DELETE GET
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/weeks/{weekDateId}/shorttermforecasts/{forecastId}/copy POST
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/weeks/{weekDateId}/shorttermforecasts/{forecastId}/data GET
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/weeks/{weekDateId}/shorttermforecasts/{forecastId}/generationresults GET
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/weeks/{weekDateId}/shorttermforecasts/{forecastId}/longtermforecastdata GET
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/weeks/{weekDateId}/shorttermforecasts/{forecastId}/planninggroups GET
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/weeks/{weekDateId}/shorttermforecasts/{forecastId}/staffingrequirement GET
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/weeks/{weekId}/schedules GET POST
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/weeks/{weekId}/schedules/generate POST
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/weeks/{weekId}/schedules/import POST
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/weeks/{weekId}/schedules/import/uploadurl POST
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/weeks/{weekId}/schedules/{scheduleId} DELETE GET
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/weeks/{weekId}/schedules/{scheduleId}/agentschedules/query POST
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/weeks/{weekId}/schedules/{scheduleId}/copy POST
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/weeks/{weekId}/schedules/{scheduleId}/generationresults GET
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/weeks/{weekId}/schedules/{scheduleId}/headcountforecast GET
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/weeks/{weekId}/schedules/{scheduleId}/history/agents/{agentId} GET
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/weeks/{weekId}/schedules/{scheduleId}/performancepredictions GET
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/weeks/{weekId}/schedules/{scheduleId}/performancepredictions/recalculations POST
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/weeks/{weekId}/schedules/{scheduleId}/performancepredictions/recalculations/uploadurl POST
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/weeks/{weekId}/schedules/{scheduleId}/performancepredictions/recalculations/{recalculationId} GET
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/weeks/{weekId}/schedules/{scheduleId}/reschedule POST
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/weeks/{weekId}/schedules/{scheduleId}/update POST
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/weeks/{weekId}/schedules/{scheduleId}/update/uploadurl POST
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/workplanbids GET POST
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/workplanbids/{bidId} DELETE GET PATCH
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/workplanbids/{bidId}/copy POST
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/workplanbids/{bidId}/groups POST
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/workplanbids/{bidId}/groups/summary GET
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/workplanbids/{bidId}/groups/{bidGroupId} DELETE GET PATCH
    /api/v2/workforcemanagement/businessunits/{businessUnitId}/workplanbids/{bidId}/groups/{bidGroupId}/preferences GET PATCH
    /api/v2/workforcemanagement/calendar/data/ics GET
    /api/v2/workforcemanagement/calendar/url/ics DELETE GET POST
    /api/v2/workforcemanagement/historicaldata/bulk/remove/jobs GET POST
    /api/v2/workforcemanagement/historicaldata/bulk/remove/jobs/{jobId} GET
    /api/v2/workforcemanagement/historicaldata/importstatus GET
    /api/v2/workforcemanagement/historicaldata/importstatus/{jobId} GET
    /api/v2/workforcemanagement/historicaldata/validate POST
    /api/v2/workforcemanagement/integrations/hris GET
    /api/v2/workforcemanagement/integrations/hris/timeofftypes/jobs/{jobId} GET
    /api/v2/workforcemanagement/integrations/hris/{hrisIntegrationId}/timeofftypes/jobs POST
    /api/v2/workforcemanagement/managementunits GET POST
    /api/v2/workforcemanagement/managementunits/divisionviews GET
    /api/v2/workforcemanagement/managementunits/{managementUnitId} DELETE GET PATCH
    /api/v2/workforcemanagement/managementunits/{managementUnitId}/activitycodes GET
    /api/v2/workforcemanagement/managementunits/{managementUnitId}/adherence GET
    /api/v2/workforcemanagement/managementunits/{managementUnitId}/agents PATCH
    /api/v2/workforcemanagement/managementunits/{managementUnitId}/agents/workplans/bulk PATCH
    /api/v2/workforcemanagement/managementunits/{managementUnitId}/agents/workplans/query POST
    /api/v2/workforcemanagement/managementunits/{managementUnitId}/agents/{agentId} GET
    /api/v2/workforcemanagement/managementunits/{managementUnitId}/agents/{agentId}/shifttrades GET
    /api/v2/workforcemanagement/managementunits/{managementUnitId}/agentschedules/search POST
    /api/v2/workforcemanagement/managementunits/{managementUnitId}/decisionmetrics GET
    /api/v2/workforcemanagement/managementunits/{managementUnitId}/historicaladherencequery POST
    /api/v2/workforcemanagement/managementunits/{managementUnitId}/move POST
    /api/v2/workforcemanagement/managementunits/{managementUnitId}/schedules/search POST
    /api/v2/workforcemanagement/managementunits/{managementUnitId}/shifttrades/matched GET
    /api/v2/workforcemanagement/managementunits/{managementUnitId}/shifttrades/users GET
    /api/v2/workforcemanagement/managementunits/{managementUnitId}/shrinkage/jobs POST
    /api/v2/workforcemanagement/managementunits/{managementUnitId}/timeofflimits GET POST
    /api/v2/workforcemanagement/managementunits/{managementUnitId}/timeofflimits/values/query POST
    /api/v2/workforcemanagement/managementunits/{managementUnitId}/timeofflimits/{timeOffLimitId} DELETE GET PATCH
    /api/v2/workforcemanagement/managementunits/{managementUnitId}/timeofflimits/{timeOffLimitId}/values PUT
    /api/v2/workforcemanagement/managementunits/{managementUnitId}/timeoffplans GET POST
    /api/v2/workforcemanagement/managementunits/{managementUnitId}/timeoffplans/{timeOffPlanId} DELETE GET PATCH
    /api/v2/workforcemanagement/managementunits/{managementUnitId}/timeoffrequests POST
    /api/v2/workforcemanagement/managementunits/{managementUnitId}/timeoffrequests/integrationstatus/query POST
    /api/v2/workforcemanagement/managementunits/{managementUnitId}/timeoffrequests/query POST
    /api/v2/workforcemanagement/managementunits/{managementUnitId}/timeoffrequests/waitlistpositions/query POST
    /api/v2/workforcemanagement/managementunits/{managementUnitId}/timeoffrequests/{timeOffRequestId}/users/{userId}/integrationstatus PATCH
    /api/v2/workforcemanagement/managementunits/{managementUnitId}/unavailabletimes/settings PATCH
    /api/v2/workforcemanagement/managementunits/{managementUnitId}/users GET
    /api/v2/workforcemanagement/managementunits/{managementUnitId}/users/{userId}/timeoffbalance/jobs POST
    /api/v2/workforcemanagement/managementunits/{managementUnitId}/users/{userId}/timeoffrequests GET
    /api/v2/workforcemanagement/managementunits/{managementUnitId}/users/{userId}/timeoffrequests/estimate POST
    /api/v2/workforcemanagement/managementunits/{managementUnitId}/users/{userId}/timeoffrequests/{timeOffRequestId} GET PATCH
    /api/v2/workforcemanagement/managementunits/{managementUnitId}/users/{userId}/timeoffrequests/{timeOffRequestId}/timeoffbalance/jobs POST
    /api/v2/workforcemanagement/managementunits/{managementUnitId}/users/{userId}/timeoffrequests/{timeOffRequestId}/timeofflimits GET
    /api/v2/workforcemanagement/managementunits/{managementUnitId}/weeks/{weekDateId}/shifttrades GET POST
    /api/v2/workforcemanagement/managementunits/{managementUnitId}/weeks/{weekDateId}/shifttrades/search POST
    /api/v2/workforcemanagement/managementunits/{managementUnitId}/weeks/{weekDateId}/shifttrades/state/bulk POST
    /api/v2/workforcemanagement/managementunits/{managementUnitId}/weeks/{weekDateId}/shifttrades/{tradeId} PATCH
    /api/v2/workforcemanagement/managementunits/{managementUnitId}/weeks/{weekDateId}/shifttrades/{tradeId}/match POST
    /api/v2/workforcemanagement/managementunits/{managementUnitId}/weeks/{weekId}/schedules GET
    /api/v2/workforcemanagement/managementunits/{managementUnitId}/weeks/{weekId}/schedules/{scheduleId} GET
    /api/v2/workforcemanagement/managementunits/{managementUnitId}/workplanrotations GET POST
    /api/v2/workforcemanagement/managementunits/{managementUnitId}/workplanrotations/{workPlanRotationId} DELETE GET PATCH
    /api/v2/workforcemanagement/managementunits/{managementUnitId}/workplanrotations/{workPlanRotationId}/copy POST
    /api/v2/workforcemanagement/managementunits/{managementUnitId}/workplans GET POST
    /api/v2/workforcemanagement/managementunits/{managementUnitId}/workplans/{workPlanId} DELETE GET PATCH
    /api/v2/workforcemanagement/managementunits/{managementUnitId}/workplans/{workPlanId}/copy POST
    /api/v2/workforcemanagement/managementunits/{managementUnitId}/workplans/{workPlanId}/validate POST
    /api/v2/workforcemanagement/notifications GET
    /api/v2/workforcemanagement/notifications/update POST
    /api/v2/workforcemanagement/schedulebids GET
    /api/v2/workforcemanagement/schedulebids/{bidId}/preference GET PUT
    /api/v2/workforcemanagement/schedulebids/{bidId}/schedulesets GET
    /api/v2/workforcemanagement/schedules POST
    /api/v2/workforcemanagement/schedulingjobs/{jobId} GET
    /api/v2/workforcemanagement/schedulingpreferences PATCH
    /api/v2/workforcemanagement/schedulingpreferences/query POST
    /api/v2/workforcemanagement/schedulingpreferences/settings GET
    /api/v2/workforcemanagement/shifttrades GET
    /api/v2/workforcemanagement/shifttrading/trades/jobs POST
    /api/v2/workforcemanagement/shifttrading/trades/jobs/{jobId} GET
    /api/v2/workforcemanagement/shifttrading/trades/mine/query/jobs POST
    /api/v2/workforcemanagement/shifttrading/trades/mine/query/jobs/{jobId} GET
    /api/v2/workforcemanagement/shifttrading/trades/{tradeId}/jobs POST
    /api/v2/workforcemanagement/shifttrading/trades/{tradeId}/jobs/{jobId} GET
    /api/v2/workforcemanagement/shifttrading/trades/{tradeId}/match/jobs POST
    /api/v2/workforcemanagement/shifttrading/trades/{tradeId}/match/jobs/{jobId} GET
    /api/v2/workforcemanagement/shifttrading/trades/{tradeId}/state/jobs POST
    /api/v2/workforcemanagement/shifttrading/trades/{tradeId}/state/jobs/{jobId} GET
    /api/v2/workforcemanagement/shrinkage/jobs/{jobId} GET
    /api/v2/workforcemanagement/teams/{teamId}/adherence GET
    /api/v2/workforcemanagement/teams/{teamId}/adherence/historical POST
    /api/v2/workforcemanagement/teams/{teamId}/shrinkage/jobs POST
    /api/v2/workforcemanagement/timeoffbalance/jobs POST
    /api/v2/workforcemanagement/timeoffbalance/jobs/{jobId} GET
    /api/v2/workforcemanagement/timeofflimits/available/query POST
    /api/v2/workforcemanagement/timeoffrequests GET POST
    /api/v2/workforcemanagement/timeoffrequests/estimate POST
    /api/v2/workforcemanagement/timeoffrequests/integrationstatus/query POST
    /api/v2/workforcemanagement/timeoffrequests/{timeOffRequestId} GET PATCH
    /api/v2/workforcemanagement/timeoffrequests/{timeOffRequestId}/waitlistpositions GET
    /api/v2/workforcemanagement/unavailabletimes PATCH
    /api/v2/workforcemanagement/unavailabletimes/query POST
    /api/v2/workforcemanagement/unavailabletimes/settings GET
    /api/v2/workforcemanagement/unavailabletimes/validation/jobs POST
    /api/v2/workforcemanagement/unavailabletimes/validation/jobs/{jobId} GET
    /api/v2/workforcemanagement/users/activity POST
    /api/v2/workforcemanagement/users/workplanbidranks/bulk PATCH
    /api/v2/workforcemanagement/users/{userId}/workplanbidranks GET PATCH
    /api/v2/workforcemanagement/workplanbids GET
    /api/v2/workforcemanagement/workplanbids/{bidId}/preferences GET PATCH
    /api/v2/workforcemanagement/workplanbids/{bidId}/workplans GET
    """
}
