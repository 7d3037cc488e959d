//! Promise: whole folders and archives come in, what is bad is told in one line, versions find each other, and
//! nothing half done is ever in the project. Driven by the program itself, without its window.

use duizhao::annotation::{Anchor, Annotation, Body, Coder, Sheet};
use duizhao::project::{Project, SheetFile, write_ron};
use duizhao::text::{Span, Text};
use jiff::Timestamp;
use serde_json::Value;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const PLAN: &str = "某县2024年卫生健康工作要点\n一、完善服务体系\n(一)推进分级诊疗制度建设,完善双向转诊。\n\
                    (二)加强基层队伍建设,培训30名全科医生。\n二、抓好公共卫生\n(一)做好家庭医生签约服务,覆盖率达到40%以上。\n\
                    (二)开展健康教育宣传活动,普及健康知识。\n(三)落实妇幼健康服务项目,免费检查12000人。\n";

/// A folder for the files and a project beside it.
struct Desk {
    home: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        fs::create_dir(home.path().join("files")).unwrap();
        Self { home }
    }

    fn files(&self) -> PathBuf {
        self.home.path().join("files")
    }

    fn project(&self) -> PathBuf {
        self.home.path().join("study")
    }

    fn put(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.files().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }

    fn run(&self, args: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_duizhao"));
        command.env("DUIZHAO_HOME", self.home.path().join("home")).arg("import").arg(self.project());
        command.args(args).output().unwrap()
    }

    /// Imports the folder of files; gives what is printed as JSON.
    fn import(&self, args: &[&str]) -> Value {
        let files = self.files();
        let output = self.run(&[&["--format", "json", files.to_str().unwrap()], args].concat());
        serde_json::from_slice(&output.stdout).unwrap_or_else(|e| {
            panic!(
                "{e}: {}{}",
                String::from_utf8_lossy(&output.stdout),
                String::from_utf8_lossy(&output.stderr)
            )
        })
    }

    fn plans(&self) -> Project {
        Project::open(self.project()).unwrap().0
    }
}

/// Status and name of every file, in order.
fn statuses(report: &Value) -> Vec<(String, String)> {
    let name = |file: &Value| {
        let path = Path::new(file["path"].as_str().unwrap());
        path.file_name().unwrap().to_string_lossy().into_owned()
    };
    let files = report["files"].as_array().unwrap();
    files.iter().map(|file| (file["status"].as_str().unwrap().to_owned(), name(file))).collect()
}

fn zip_of(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in files {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn docx_of(document: &str) -> Vec<u8> {
    zip_of(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", document.as_bytes())])
}

#[test]
fn a_new_folder_becomes_a_project_with_every_plan_in_the_order_of_the_files() {
    let desk = Desk::new();
    desk.put("1.txt", PLAN);
    desk.put("sub/2.txt", PLAN.replace("某县2024", "某县2023").replace("30名", "20名"));
    desk.put("sub/copy.txt", PLAN);
    let others = zip_of(&[
        ("甲/3.txt", PLAN.replace("2024", "2022").as_bytes()),
        ("甲/", b""),
        ("bad.jpg", b"\xff\xd8\xff\0"),
    ]);
    desk.put("z.zip", others);
    let report = desk.import(&[]);
    let expect = [
        ("imported", "1.txt"),
        ("imported", "2.txt"),
        ("already_there", "copy.txt"),
        ("imported", "3.txt"),
        ("failed", "bad.jpg"),
    ];
    assert_eq!(statuses(&report), expect.map(|(status, name)| (status.to_owned(), name.to_owned())));
    assert_eq!(report["summary"], serde_json::json!({"imported": 3, "already_there": 1, "failed": 1}));
    let project = desk.plans();
    assert_eq!(project.plans.len(), 3);
    for entry in project.plans.values() {
        let source = project.folder.source(entry.record.id, &entry.record.source.extension);
        let sum = Command::new("sha256sum").arg(source).output().unwrap();
        assert!(String::from_utf8_lossy(&sum.stdout).starts_with(&entry.record.source.sha256));
        assert!(entry.record.items >= 5);
    }
    let inside: Vec<_> =
        fs::read_dir(project.folder.plans()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(inside.len(), 3, "nothing but plans: {inside:?}");

    let again = desk.import(&[]);
    assert_eq!(again["summary"], serde_json::json!({"imported": 0, "already_there": 4, "failed": 1}));
}

#[test]
fn the_exit_status_and_the_lines_say_what_happened() {
    let desk = Desk::new();
    let good = desk.put("好.txt", PLAN);
    let output = desk.run(&[good.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(0));
    let lines = String::from_utf8(output.stdout).unwrap();
    let lines: Vec<_> = lines.lines().collect();
    assert!(lines[0].starts_with("imported\t") && lines[0].contains("2024"), "{lines:?}");
    assert_eq!(lines[1], "1 imported, 0 already there, 0 failed");

    let output = desk.run(&[desk.put("空.txt", "").to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8(output.stdout).unwrap().starts_with("failed\t"));
    assert_eq!(String::from_utf8(output.stderr).unwrap().lines().count(), 1);

    assert_eq!(desk.run(&[]).status.code(), Some(2), "no file named");
    let output = desk.run(&["--encoding", "klingon", good.to_str().unwrap()]);
    assert!(output.status.code() == Some(1) && String::from_utf8_lossy(&output.stderr).contains("klingon"));
    fs::write(desk.home.path().join("notes.txt"), "x").unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_duizhao"))
        .arg("import")
        .arg(desk.home.path())
        .arg(good)
        .output()
        .unwrap();
    assert!(
        output.status.code() == Some(1) && String::from_utf8_lossy(&output.stderr).contains("project.ron")
    );
}

#[test]
fn a_wrong_guess_of_the_encoding_can_be_overridden_and_the_address_given() {
    let desk = Desk::new();
    desk.put("a.txt", encoding_rs::GB18030.encode("卫生").0);
    let report = desk.import(&["--encoding", "big5", "--url", "https://x.gov.cn/1.html"]);
    assert_eq!(report["files"][0]["encoding"], "Big5");
    assert_eq!(report["files"][0]["url"], "https://x.gov.cn/1.html");
}

#[test]
fn a_saved_page_keeps_its_address_and_the_moment_of_saving() {
    let desk = Desk::new();
    let page = |comment: &str| {
        format!(
            "<!DOCTYPE html>\n<!-- {comment} -->\n<html><body><p>一、推进健康{}。</p></body></html>",
            comment.len()
        )
    };
    desk.put("1.html", page("saved from url=(0030)https://wjw.x.gov.cn/a/1.html"));
    desk.put("2.html", page("Page saved with SingleFile \n url: https://wjw.x.gov.cn/2.html \n saved date: Wed Nov 25 2026 10:11:12 GMT+0800 (中国标准时间)"));
    desk.put(
        "3.mhtml",
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://x.gov.cn/3.html\r\nDate: Wed, 25 Nov 2026 02:11:12 +0000\r\n\
         MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<html><p>二、加强健康教育</p></html>",
    );
    desk.import(&[]);
    let mut found: Vec<_> = desk
        .plans()
        .plans
        .values()
        .map(|entry| entry.record.source.clone())
        .map(|s| {
            (s.file_name, s.url.unwrap_or_default(), s.captured.map(|at| at.to_string()).unwrap_or_default())
        })
        .collect();
    found.sort();
    let files: Vec<_> = found.iter().map(|(_, url, _)| url.as_str()).collect();
    assert_eq!(
        files,
        ["https://wjw.x.gov.cn/a/1.html", "https://wjw.x.gov.cn/2.html", "https://x.gov.cn/3.html"]
    );
    assert!(!found[0].2.is_empty(), "else the time of the file");
    assert_eq!((found[1].2.as_str(), found[2].2.as_str()), ("2026-11-25T02:11:12Z", "2026-11-25T02:11:12Z"));
}

/// A PDF whose page tree leads back to itself.
const LOOP: &str = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9>>endobj\n\
                    trailer<</Root 1 0 R>>\n%%EOF";
/// A PDF with a password.
const LOCKED: &str = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
                      3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n\
                      4 0 obj<</Filter/Standard/V 1/R 2/O(12345678901234567890123456789012)/U(12345678901234567890123456789012)/P -4>>endobj\n\
                      trailer<</Root 1 0 R/Encrypt 4 0 R/ID[(a)(a)]>>\n%%EOF";

#[test]
fn bad_files_are_one_line_each_and_the_others_go_on() {
    let desk = Desk::new();
    let fixture = |name: &str| {
        fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/import").join(name)).unwrap()
    };
    let (docx, pdf) = (fixture("xiamen-2017.docx"), fixture("xiamen-2017.pdf"));
    let entities = "<!DOCTYPE w [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c SYSTEM \"file:///etc/passwd\">]>\
                    <w:document><w:body><w:p><w:r><w:t>&b;&c;</w:t></w:r></w:p></w:body></w:document>";
    let deep = format!("<w:document><w:body>{}", "<w:p>".repeat(100_000));
    let encrypted: Vec<u8> = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        .iter()
        .copied()
        .chain("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    let zeros = vec![0_u8; 300 << 20];
    let bad: Vec<(&str, Vec<u8>)> = vec![
        ("cut.docx", docx[..docx.len() / 2].to_vec()),
        ("cut.pdf", pdf[..1200].to_vec()),
        ("deep.html", "<div>".repeat(200_000).into_bytes()),
        ("deep.docx", docx_of(&deep)),
        ("empty.txt", Vec::new()),
        ("entities.docx", docx_of(entities)),
        ("locked.docx", encrypted),
        ("locked.pdf", LOCKED.into()),
        ("loop.pdf", LOOP.into()),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0".to_vec()),
        ("old.wps", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0".to_vec()),
        ("old.rtf", b"{\\rtf1\\ansi plan}".to_vec()),
        ("old.odt", zip_of(&[("mimetype", b"application/vnd.oasis.opendocument.text")])),
        ("old.ofd", zip_of(&[("OFD.xml", b"<x/>")])),
        ("packed.rar", b"Rar!\x1a\x07\0".to_vec()),
        ("part.docx", zip_of(&[("word/document.xml", &zeros)])),
        ("bomb.zip", zip_of(&[("bomb.txt", &zeros)])),
        ("cut.zip", zip_of(&[("a.txt", b"abc")])[..40].to_vec()),
        ("none.zip", zip_of(&[])),
    ];
    drop(zeros);
    let names: Vec<&str> = bad.iter().map(|(name, _)| *name).collect();
    for (name, bytes) in &bad {
        desk.put(name, bytes);
    }
    let huge = fs::File::create(desk.files().join("huge.txt")).unwrap();
    huge.set_len(200 << 20).unwrap();
    desk.put("zz good.txt", PLAN);
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStrExt;
        std::os::unix::fs::symlink("/no/such/file", desk.files().join("gone.txt")).unwrap();
        assert!(Command::new("mkfifo").arg(desk.files().join("pipe.txt")).status().unwrap().success());
        for name in [&b"\xff\xfe odd.txt"[..], "行\n二\t.txt".as_bytes(), &[b'n'; 255]] {
            let path = desk.files().join(std::ffi::OsStr::from_bytes(name));
            fs::write(path, PLAN.replace("2024", &format!("20{:02}", name.len() % 20))).unwrap();
        }
    }
    let output = desk.run(&[desk.files().to_str().unwrap()]);
    let printed = String::from_utf8(output.stdout).unwrap();
    let lines: Vec<&str> = printed.lines().collect();
    let entries = fs::read_dir(desk.files()).unwrap().count();
    assert_eq!(lines.len(), entries + 1, "a line a file and the summary:\n{printed}");
    let name_ends =
        |line: &str, name: &str| line.contains(&format!("/{name}")) && line.starts_with("failed\t");
    for name in names.iter().chain(&["huge.txt", "gone.txt", "pipe.txt"]) {
        let line =
            lines.iter().find(|line| name_ends(line, name)).unwrap_or_else(|| panic!("{name} in\n{printed}"));
        assert!(line.len() < 400 && line.contains(*name), "{line}");
    }
    let told = |name: &str, what: &str| {
        let line = lines.iter().find(|line| name_ends(line, name)).unwrap();
        assert!(line.contains(what), "{line}");
    };
    told("locked.docx", "password");
    told("locked.pdf", "password");
    told("huge.txt", "200 MB is more than");
    told("bomb.txt", "packed too tightly");
    for name in ["old.doc", "old.wps", "old.rtf", "old.odt"] {
        told(name, "save it as docx");
    }
    told("old.ofd", "export it as PDF");
    assert_eq!(desk.plans().plans.len(), if cfg!(unix) { 4 } else { 1 }, "{printed}");
}

#[test]
fn a_folder_that_is_a_project_is_not_imported() {
    let desk = Desk::new();
    desk.put("inner/project.ron", "()");
    desk.put("inner/plans/x/text.txt", PLAN);
    let report = desk.import(&[]);
    assert_eq!(statuses(&report), [("failed".to_owned(), "inner".to_owned())]);
}

#[test]
fn the_same_plan_in_another_format_is_known_by_its_words_not_its_name() {
    let desk = Desk::new();
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/import");
    for (from, to) in [
        ("xiamen-2017.docx", "a.docx"),
        ("nanning-2017.pdf", "b.pdf"),
        ("xiamen-2017.pdf", "c.pdf"),
        ("jiaxing-2023.html", "d.html"),
    ] {
        desk.put(to, fs::read(fixtures.join(from)).unwrap());
    }
    let report = desk.import(&[]);
    let files = report["files"].as_array().unwrap();
    let versions: Vec<_> = files.iter().map(|file| file["version_of"].as_str()).collect();
    assert_eq!(versions, [None, None, files[0]["plan"].as_str(), None]);
    let project = desk.plans();
    let id = |at: usize| serde_json::from_value(files[at]["plan"].clone()).unwrap();
    assert_eq!(project.present_version(id(0)), id(2));
    assert_eq!(project.earlier_version(id(2)), Some(id(0)));
}

/// Puts a tag of this coder on words of a plan, on disk.
fn tag(project: &Project, plan: duizhao::project::PlanId, coder: &str, words: &[&str]) {
    let text = Project::read_text(&project.folder, plan).unwrap();
    let on = |words: &&str| {
        let start = text.char_of(text.as_str().find(*words).unwrap());
        let anchor = Anchor::new(&text, Span::at(start, words.chars().count() as u32));
        Annotation::new(anchor, Body::Tag("overview".into()), Timestamp::UNIX_EPOCH)
    };
    let coder = Coder::new(coder);
    let sheet = Sheet::new(words.iter().map(on));
    write_ron(&project.folder.sheet(plan, &coder), &SheetFile::new(&coder, &sheet)).unwrap();
}

#[test]
fn a_changed_file_becomes_a_version_and_annotations_come_over() {
    let desk = Desk::new();
    let file = desk.put("要点.txt", PLAN);
    desk.import(&[]);
    let project = desk.plans();
    let first = *project.plans.keys().next().unwrap();
    tag(
        &project,
        first,
        "甲",
        &["(一)推进分级诊疗制度建设,完善双向转诊。", "(二)开展健康教育宣传活动,普及健康知识。"],
    );
    tag(
        &project,
        first,
        "乙",
        &["(一)做好家庭医生签约服务,覆盖率达到40%以上。", "(三)落实妇幼健康服务项目,免费检查12000人。"],
    );
    let sheets_before = fs::read(project.folder.sheet(first, &Coder::new("甲"))).unwrap();

    let changed = PLAN
        .replace("二、抓好公共卫生", "(三)新增一项工作,另行安排。\n二、抓好公共卫生")
        .replace("覆盖率达到40%以上", "覆盖率要达到45%以上")
        .replace("(三)落实妇幼健康服务项目,免费检查12000人。\n", "");
    fs::write(&file, changed).unwrap();
    let report = desk.import(&[]);
    let new = &report["files"][0];
    assert_eq!(new["status"], "imported");
    assert_eq!(new["version_of"].as_str(), Some(first.0.to_string().as_str()));
    assert_eq!(new["carried"], serde_json::json!({"exact": 1, "moved": 1, "uncertain": 1, "not_found": 1}));

    let project = desk.plans();
    let second = serde_json::from_value(new["plan"].clone()).unwrap();
    assert_eq!(project.plans.len(), 2, "the earlier version stays a plan");
    assert_eq!(Project::read_text(&project.folder, first).unwrap().as_str(), PLAN);
    assert_eq!(fs::read(project.folder.sheet(first, &Coder::new("甲"))).unwrap(), sheets_before);
    let read = Project::read_sheets(&project.folder, &project.ledger, second);
    assert!(read.problems.is_empty());
    let text: Text = Project::read_text(&project.folder, second).unwrap();
    let sheets = read.sheets.unwrap();
    assert_eq!(sheets.values().map(|sheet| sheet.len()).sum::<usize>(), 4, "none is dropped");
    let found = sheets.values().flat_map(|sheet| sheet.iter()).filter(|a| a.find(&text).is_certain()).count();
    assert_eq!(found, 2);

    // A third version follows the second, also where it is closer to the first.
    fs::write(&file, PLAN.replace("30名", "31名")).unwrap();
    let report = desk.import(&[]);
    assert_eq!(report["files"][0]["version_of"], new["plan"]);

    fs::write(&file, PLAN.replace("30名", "32名")).unwrap();
    let report = desk.import(&["--separate"]);
    assert_eq!(
        (&report["files"][0]["version_of"], &report["files"][0]["carried"]),
        (&Value::Null, &Value::Null)
    );
}

#[test]
fn other_years_and_other_places_are_no_versions() {
    let desk = Desk::new();
    desk.put("1.txt", PLAN.replace("某县", "厦门市"));
    desk.put("2.txt", PLAN.replace("某县2024", "厦门市2023"));
    desk.put("3.txt", PLAN.replace("某县", "南宁市"));
    let report = desk.import(&[]);
    assert!(report["files"].as_array().unwrap().iter().all(|file| file["version_of"].is_null()), "{report}");
}

#[test]
fn a_dry_run_takes_nothing_in() {
    let desk = Desk::new();
    let file = desk.put("1.txt", PLAN);
    desk.import(&[]);
    fs::write(file, PLAN.replace("30名", "31名")).unwrap();
    let report = desk.import(&["--dry-run"]);
    assert_eq!(report["files"][0]["status"], "imported");
    assert_eq!(desk.plans().plans.len(), 1);
}

/// Where LibreOffice is installed, an rtf comes in by way of it.
#[test]
fn what_libreoffice_reads_can_be_converted() {
    if duizhao::project::Office::find().is_none() {
        return;
    }
    let desk = Desk::new();
    let words: String = PLAN
        .lines()
        .map(|line| {
            let signs: String = line.encode_utf16().map(|unit| format!("\\u{}?", unit as i16)).collect();
            format!("{signs}\\par\n")
        })
        .collect();
    desk.put("a.rtf", format!("{{\\rtf1\\ansi\n{words}}}"));
    let report = desk.import(&["--convert"]);
    assert_eq!(report["files"][0]["status"], "imported", "{report}");
    let project = desk.plans();
    let record = &project.plans.values().next().unwrap().record;
    assert_eq!(record.source.converted_by.as_deref(), Some("LibreOffice"));
    assert!(
        fs::read(project.folder.source(record.id, "rtf")).unwrap().starts_with(b"{\\rtf1"),
        "the bytes as they were"
    );
    let han = |text: &str| text.chars().filter(|c| duizhao::text::is_han(*c)).collect::<String>();
    assert_eq!(han(Project::read_text(&project.folder, record.id).unwrap().as_str()), han(PLAN));
}
