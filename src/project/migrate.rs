//! Lifting files of older versions to the present one, step by step, before they are read.
//!
//! How to add version 2: raise [`FORMAT_VERSION`], which makes every `STEPS` below fail to compile until it
//! says how its file is lifted (or `None` where nothing changed); keep one file of the old version under
//! tests/fixtures/formats/v1; describe the change in docs/FILE_FORMAT.md. A backup is made before anything
//! that was lifted is written.

use super::links::LinksFile;
use super::record::{Manifest, PlanRecord, SheetFile};
use crate::annotation::Codebook;
use serde::de::DeserializeOwned;
use std::borrow::Cow;

/// The newest version of the project's file formats that this program writes and reads.
pub const FORMAT_VERSION: u32 = 1;

/// Lifts the words of a file by one version, or tells what does not fit.
pub type Step = fn(&str) -> Result<String, String>;

/// For every version but the newest: how a file is lifted to the next one. `None`: it did not change.
pub type Steps = [Option<Step>; FORMAT_VERSION as usize - 1];

/// A record that is a file of the project.
pub trait Stored: DeserializeOwned {
    /// How older versions are lifted.
    const STEPS: Steps;
}

impl Stored for Manifest {
    const STEPS: Steps = [];
}
impl Stored for Codebook {
    const STEPS: Steps = [];
}
impl Stored for PlanRecord {
    const STEPS: Steps = [];
}
impl Stored for LinksFile {
    const STEPS: Steps = [];
}
impl Stored for SheetFile {
    const STEPS: Steps = [];
}

/// Carries out the steps from version `from` on. A version this program does not know is left as it is.
pub fn lift<'a>(content: &'a str, from: u32, steps: &[Option<Step>]) -> Result<Cow<'a, str>, String> {
    let mut content = Cow::Borrowed(content);
    for step in steps.iter().skip(from.saturating_sub(1) as usize).flatten() {
        content = Cow::Owned(step(&content)?);
    }
    Ok(content)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_lifted_from_its_own_version_on() {
        let rename: Step = |file| Ok(file.replace("title", "name"));
        let drop_unit: Step = |file| Ok(file.replace(", unit: ()", ""));
        let steps = [Some(rename), None, Some(drop_unit)];
        let lifted = |from| lift("(title: \"甲\", unit: ())", from, &steps).unwrap().into_owned();
        assert_eq!(lifted(1), "(name: \"甲\")");
        assert_eq!(lifted(2), "(title: \"甲\")");
        assert_eq!(lifted(3), "(title: \"甲\")");
        assert_eq!(lifted(4), "(title: \"甲\", unit: ())");
        assert_eq!(lifted(9), "(title: \"甲\", unit: ())");
    }

    #[test]
    fn a_step_that_does_not_fit_says_why() {
        let step: Step = |_| Err("no title".to_owned());
        assert_eq!(lift("()", 1, &[Some(step)]).unwrap_err(), "no title");
    }
}
