//! Kinds of files that LibreOffice turns into docx: doc, wps, rtf, odt. Only where it is installed and a person asked
//! for it; it runs with a profile of its own, so that it neither disturbs nor is disturbed by one that is open.

use super::IntakeError;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};
use uuid::Uuid;

/// How long a conversion may take: the first one after a start of the machine takes 10-20 s.
pub(super) const PATIENCE: Duration = Duration::from_secs(90);

/// One at a time: each takes 200 MB and a processor.
static TURN: Mutex<()> = Mutex::new(());

/// LibreOffice, as found on this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Office {
    program: PathBuf,
}

impl Office {
    /// Looks for LibreOffice in the search path and where its installers put it.
    pub fn find() -> Option<Self> {
        let names: &[&str] =
            if cfg!(windows) { &["soffice.com", "soffice.exe"] } else { &["soffice", "libreoffice"] };
        let path = std::env::var_os("PATH").unwrap_or_default();
        let usual = [
            "/usr/lib/libreoffice/program",
            "/opt/libreoffice/program",
            "/Applications/LibreOffice.app/Contents/MacOS",
            r"C:\Program Files\LibreOffice\program",
        ];
        let folders = std::env::split_paths(&path).chain(usual.iter().map(PathBuf::from));
        let mut programs = folders.flat_map(|folder| names.iter().map(move |name| folder.join(name)));
        programs.find(|program| program.is_file()).map(|program| Self { program })
    }

    /// LibreOffice at this place.
    pub fn at(program: impl Into<PathBuf>) -> Self {
        Self { program: program.into() }
    }

    /// The bytes of a document as docx. `cancel` ends it within a moment.
    pub(super) fn to_docx(
        &self,
        path: &Path,
        bytes: &[u8],
        cancel: &AtomicBool,
    ) -> Result<Vec<u8>, IntakeError> {
        let failed = |what: String| IntakeError::NotConverted { path: path.to_owned(), what };
        let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
        let desk = std::env::temp_dir().join(format!("duizhao-{}", Uuid::new_v4()));
        let result = self.convert(&desk, path, bytes, cancel).map_err(failed);
        // Rests of it in the system's temp folder are the system's to clear.
        let _ = fs::remove_dir_all(&desk);
        result
    }

    fn convert(
        &self,
        desk: &Path,
        path: &Path,
        bytes: &[u8],
        cancel: &AtomicBool,
    ) -> Result<Vec<u8>, String> {
        let said = |error: std::io::Error| error.to_string();
        fs::create_dir_all(desk.join("out")).map_err(said)?;
        let input = desk.join(format!("plan.{}", super::extension_of(&super::name_of(path))));
        fs::write(&input, bytes).map_err(said)?;
        let profile = format!("-env:UserInstallation={}", file_url(&desk.join("profile")));
        let mut command = Command::new(&self.program);
        command
            .args([
                &profile,
                "--headless",
                "--norestore",
                "--nolockcheck",
                "--convert-to",
                "docx",
                "--outdir",
            ])
            .arg(desk.join("out"))
            .arg(&input)
            .current_dir(desk)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let mut child = command.spawn().map_err(said)?;
        let status = wait(&mut child, cancel)?;
        let output = desk.join("out/plan.docx");
        if !output.is_file() {
            return Err(if status.success() {
                "it made no docx of it".to_owned()
            } else {
                format!("{status}")
            });
        }
        super::read_bytes(&output).map_err(|error| error.to_string())
    }
}

/// Waits for the program, at most as long as patience lasts and nobody cancels.
fn wait(child: &mut Child, cancel: &AtomicBool) -> Result<ExitStatus, String> {
    let since = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Ok(status),
            Ok(None) => {}
            Err(error) => return Err(error.to_string()),
        }
        let cancelled = cancel.load(Ordering::Relaxed);
        if cancelled || since.elapsed() > PATIENCE {
            end(child);
            let seconds = PATIENCE.as_secs();
            return Err(if cancelled {
                "cancelled".to_owned()
            } else {
                format!("not done within {seconds} s")
            });
        }
        std::thread::sleep(Duration::from_millis(30));
    }
}

/// Ends the program with those it started: what is called `soffice` is a script that starts the real one.
fn end(child: &mut Child) {
    let pid = child.id();
    let (program, args) = if cfg!(windows) {
        ("taskkill", vec!["/T".to_owned(), "/F".to_owned(), "/PID".to_owned(), pid.to_string()])
    } else {
        ("kill", vec!["-KILL".to_owned(), "--".to_owned(), format!("-{pid}")])
    };
    // Whatever these say, the child itself is ended and waited for below.
    let _ = Command::new(program).args(args).stdout(Stdio::null()).stderr(Stdio::null()).status();
    let _ = child.kill();
    let _ = child.wait();
}

/// A path as `file:` address, as LibreOffice takes its profile.
fn file_url(path: &Path) -> String {
    use std::fmt::Write;
    let path = path.to_string_lossy().replace('\\', "/");
    let mut url = String::from(if path.starts_with('/') { "file://" } else { "file:///" });
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/:-_.~".contains(&byte) {
            url.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(url, "%{byte:02X}");
        }
    }
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_becomes_an_address() {
        assert_eq!(file_url(Path::new("/tmp/a b/计")), "file:///tmp/a%20b/%E8%AE%A1");
        assert_eq!(file_url(Path::new(r"C:\Temp\x")), "file:///C:/Temp/x");
    }

    #[cfg(unix)]
    #[test]
    fn a_program_that_never_ends_is_ended_with_its_children() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join("soffice");
        let pid = folder.path().join("pid");
        fs::write(&program, format!("#!/bin/sh\nsleep 600 & echo $! > '{}'\nwait\n", pid.display())).unwrap();
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
        let cancel = AtomicBool::new(false);
        std::thread::scope(|scope| {
            let run = scope.spawn(|| Office::at(&program).to_docx(Path::new("甲.doc"), b"x", &cancel));
            while !fs::read_to_string(&pid).is_ok_and(|pid| pid.ends_with('\n')) {
                std::thread::sleep(Duration::from_millis(5));
            }
            cancel.store(true, Ordering::Relaxed);
            assert!(run.join().unwrap().unwrap_err().to_string().contains("cancelled"));
        });
        let pid = fs::read_to_string(&pid).unwrap();
        let lives = || {
            // Gone, or dead and not yet collected by the system.
            let state = fs::read_to_string(format!("/proc/{}/stat", pid.trim())).unwrap_or_default();
            !(state.is_empty() || state.contains(") Z "))
        };
        // The signal is on its way.
        for _ in 0..1000 {
            if !lives() {
                return;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        panic!("the child lives on");
    }

    #[cfg(unix)]
    #[test]
    fn what_it_cannot_convert_is_told() {
        let error = Office::at("/bin/true").to_docx(Path::new("甲.doc"), b"x", &AtomicBool::new(false));
        assert!(error.unwrap_err().to_string().contains("made no docx"));
        assert!(Office::at("/no/such").to_docx(Path::new("甲.doc"), b"x", &AtomicBool::new(false)).is_err());
    }
}
