//! The objects of a SARIF log, as far as there is something to say in them.

use std::borrow::Cow;

use serde::Serialize;

#[derive(Serialize)]
pub(super) struct Log<'r> {
    #[serde(rename = "$schema")]
    pub(super) schema: &'static str,
    pub(super) version: &'static str,
    pub(super) runs: [Run<'r>; 1],
}

#[derive(Serialize)]
pub(super) struct Run<'r> {
    pub(super) tool: Tool<'r>,
    #[serde(rename = "columnKind")]
    pub(super) column_kind: &'static str,
    #[serde(rename = "originalUriBaseIds")]
    pub(super) base_ids: BaseIds,
    pub(super) invocations: [Invocation<'r>; 1],
    pub(super) results: Vec<Verdict<'r>>,
}

#[derive(Serialize)]
pub(super) struct Tool<'r> {
    pub(super) driver: Driver<'r>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Driver<'r> {
    pub(super) name: &'static str,
    pub(super) semantic_version: &'static str,
    #[serde(rename = "informationUri", skip_serializing_if = "Option::is_none")]
    pub(super) information_uri: Option<&'static str>,
    pub(super) rules: Vec<Descriptor<'r>>,
}

/// A rule.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Descriptor<'r> {
    pub(super) id: &'r str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) short_description: Option<Message>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) full_description: Option<Message>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) help: Option<Help<'r>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) default_configuration: Option<Configuration>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) properties: Option<Properties>,
}

/// The page of a rule: Markdown, which is also readable as it is.
#[derive(Serialize)]
pub(super) struct Help<'r> {
    pub(super) text: &'r str,
    pub(super) markdown: &'r str,
}

#[derive(Serialize)]
pub(super) struct Configuration {
    pub(super) enabled: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) level: Option<&'static str>,
}

/// The family, once for readers of ours and once as a tag, which servers let people filter by.
#[derive(Serialize)]
pub(super) struct Properties {
    pub(super) family: &'static str,
    pub(super) tags: [&'static str; 1],
}

#[derive(Serialize)]
pub(super) struct BaseIds {
    #[serde(rename = "%SRCROOT%")]
    pub(super) root: Root,
}

/// Says what the root is, and leaves where it lies to the reader.
#[derive(Serialize)]
pub(super) struct Root {
    pub(super) description: Message,
}

#[derive(Serialize)]
pub(super) struct Invocation<'r> {
    #[serde(rename = "executionSuccessful")]
    pub(super) successful: bool,
    #[serde(rename = "toolExecutionNotifications", skip_serializing_if = "Vec::is_empty")]
    pub(super) notifications: Vec<Notification<'r>>,
}

#[derive(Serialize)]
pub(super) struct Notification<'r> {
    pub(super) level: &'static str,
    pub(super) message: Message,
    pub(super) locations: [Place<'r>; 1],
}

/// A finding: a `result` in the words of SARIF.
#[derive(Serialize)]
pub(super) struct Verdict<'r> {
    #[serde(rename = "ruleId")]
    pub(super) rule: &'r str,
    #[serde(rename = "ruleIndex", skip_serializing_if = "Option::is_none")]
    pub(super) rule_index: Option<usize>,
    pub(super) level: &'static str,
    pub(super) message: Message,
    pub(super) locations: [Place<'r>; 1],
    #[serde(rename = "relatedLocations", skip_serializing_if = "Vec::is_empty")]
    pub(super) related: Vec<RelatedPlace<'r>>,
    #[serde(rename = "occurrenceCount", skip_serializing_if = "Option::is_none")]
    pub(super) occurrences: Option<usize>,
    #[serde(rename = "partialFingerprints")]
    pub(super) fingerprints: Fingerprints<'r>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) suppressions: Option<[Accepted; 1]>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) fixes: Vec<Proposal<'r>>,
}

/// A `fix`: what can be written instead.
#[derive(Serialize)]
pub(super) struct Proposal<'r> {
    pub(super) description: Message,
    #[serde(rename = "artifactChanges")]
    pub(super) changes: [Change<'r>; 1],
}

/// The changes of one file.
#[derive(Serialize)]
pub(super) struct Change<'r> {
    #[serde(rename = "artifactLocation")]
    pub(super) artifact: ArtifactLocation,
    pub(super) replacements: Vec<Replacement<'r>>,
}

#[derive(Serialize)]
pub(super) struct Replacement<'r> {
    #[serde(rename = "deletedRegion")]
    pub(super) deleted: Region,
    #[serde(rename = "insertedContent")]
    pub(super) inserted: Content<'r>,
}

#[derive(Serialize)]
pub(super) struct Content<'r> {
    pub(super) text: &'r str,
}

/// What suppresses a result.
#[derive(Serialize)]
pub(super) struct Accepted {
    pub(super) kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) justification: Option<String>,
}

#[derive(Serialize)]
pub(super) struct Fingerprints<'r> {
    #[serde(rename = "rapporteur/v1")]
    pub(super) ours: &'r str,
}

#[derive(Serialize)]
pub(super) struct Message {
    pub(super) text: String,
}

#[derive(Serialize)]
pub(super) struct RelatedPlace<'r> {
    pub(super) id: usize,
    pub(super) message: Message,
    #[serde(flatten)]
    pub(super) place: Place<'r>,
}

/// A `location` in the words of SARIF.
#[derive(Serialize)]
pub(super) struct Place<'r> {
    #[serde(rename = "physicalLocation")]
    pub(super) physical: PhysicalLocation,
    #[serde(rename = "logicalLocations", skip_serializing_if = "Vec::is_empty")]
    pub(super) logical: Vec<LogicalLocation<'r>>,
}

#[derive(Serialize)]
pub(super) struct PhysicalLocation {
    #[serde(rename = "artifactLocation")]
    pub(super) artifact: ArtifactLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) region: Option<Region>,
}

#[derive(Serialize)]
pub(super) struct ArtifactLocation {
    pub(super) uri: String,
    #[serde(rename = "uriBaseId", skip_serializing_if = "Option::is_none")]
    pub(super) base: Option<&'static str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Region {
    pub(super) start_line: u32,
    pub(super) start_column: u32,
    pub(super) end_line: u32,
    pub(super) end_column: u32,
    pub(super) byte_offset: u32,
    pub(super) byte_length: u32,
}

#[derive(Serialize)]
pub(super) struct LogicalLocation<'r> {
    pub(super) name: Cow<'r, str>,
    #[serde(rename = "fullyQualifiedName")]
    pub(super) full_name: &'r str,
    pub(super) kind: &'static str,
}
