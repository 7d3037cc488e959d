//! The sample project: five plans built into the binary, so that the first start shows the program at work.

use super::{Candidate, IntakeError, Project};
use jiff::Timestamp;
use std::path::Path;

/// File name and bytes of every sample plan (sample_docs/).
pub const SAMPLES: [(&str, &[u8]); 5] = [
    ("xiamen-2017.txt", include_bytes!("../../sample_docs/xiamen-2017.txt")),
    ("nanning-2017.txt", include_bytes!("../../sample_docs/nanning-2017.txt")),
    ("jiaxing-2023.txt", include_bytes!("../../sample_docs/jiaxing-2023.txt")),
    ("hami-14th-fyp.txt", include_bytes!("../../sample_docs/hami-14th-fyp.txt")),
    ("dalian-2017-2020.txt", include_bytes!("../../sample_docs/dalian-2017-2020.txt")),
];

/// Makes the sample project in `root`.
pub fn create_sample(root: &Path, title: &str, now: Timestamp) -> Result<Project, IntakeError> {
    let mut project = Project::create(root, title, now)?;
    for (name, bytes) in SAMPLES {
        let candidate = Candidate::new(name, bytes.to_vec(), now)
            .map_err(|cause| IntakeError::Import { path: name.into(), cause })?;
        candidate.store(&project.folder)?;
        project.insert(candidate.record);
    }
    Ok(project)
}
