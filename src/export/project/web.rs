//! Annotations as JSON-LD of the W3C Web Annotation model (2017): a TextQuoteSelector and a TextPositionSelector for
//! each place, a tag or a comment as body.

use super::{Found, PlanExport, ProjectExport};
use crate::annotation::{Body, Subject};
use serde_json::{Value, json};

impl ProjectExport {
    /// All annotations as one collection.
    pub fn web_annotations(&self) -> String {
        let of_plan =
            |plan: &PlanExport| plan.found().iter().map(|found| self.web(plan, found)).collect::<Vec<_>>();
        let items: Vec<Value> = self.plans.iter().flat_map(of_plan).collect();
        let collection = json!({
            "@context": "http://www.w3.org/ns/anno.jsonld",
            "id": format!("urn:uuid:{}", self.manifest.id),
            "type": "AnnotationCollection",
            "label": self.manifest.title,
            "total": items.len(),
            "first": { "id": format!("urn:uuid:{}#1", self.manifest.id), "type": "AnnotationPage", "startIndex": 0, "items": items },
        });
        format!("{collection:#}\n")
    }

    fn web(&self, plan: &PlanExport, found: &Found<'_>) -> Value {
        let annotation = found.annotation;
        let body = match &annotation.body {
            Body::Tag(id) => {
                let name = self.book.tag(id).map_or(id.0.as_str(), |tag| tag.zh.as_str());
                json!({ "type": "TextualBody", "purpose": "tagging", "value": name, "id": format!("urn:uuid:{}", id.guid()) })
            }
            Body::Note(words) => {
                json!({ "type": "TextualBody", "purpose": "commenting", "value": words, "format": "text/plain" })
            }
        };
        let source = format!("urn:uuid:{}", plan.record.id.0);
        let anchor = &annotation.anchor;
        let target = if annotation.on == Subject::Plan {
            json!(source)
        } else {
            let mut selectors = vec![json!({
                "type": "TextQuoteSelector", "exact": anchor.quote, "prefix": anchor.prefix, "suffix": anchor.suffix,
            })];
            if found.place.is_certain() {
                let span = found.span();
                selectors.push(
                    json!({ "type": "TextPositionSelector", "start": span.start.0, "end": span.end.0 }),
                );
            }
            json!({ "source": source, "selector": selectors })
        };
        json!({
            "id": format!("urn:uuid:{}", annotation.id.0),
            "type": "Annotation",
            "motivation": if annotation.tag().is_some() { "tagging" } else { "commenting" },
            "creator": { "type": "Person", "name": found.coder.as_str() },
            "created": annotation.created.to_string(),
            "modified": annotation.modified.to_string(),
            "body": body,
            "target": target,
        })
    }
}
