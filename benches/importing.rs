//! A folder of 1,000 plain-text plans (21 MB, made of the shuffled lines of the sample plans) into a new project, beside
//! copying the same files so that they are safe on disk, one after another as `cp` and a sync would, and beside a plain
//! copy. Promised: below 2 s on two cores; in a window no frame over 50 ms meanwhile and less than 200 MB of memory, which
//! is measured once, in a process of its own.

#![allow(missing_docs)]

use criterion::{Criterion, SamplingMode, criterion_group};
use duizhao::app::{Command, ImportCommand, Phase, Places, Settings};
use duizhao::project::{Batch, Control, Project, Reading, SAMPLES, Staging, Verdict};
use duizhao::ui::Window;
use jiff::Timestamp;
use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

const PLANS: usize = 1000;
const BYTES: usize = 21_000;

/// Numbers that look random and are the same every time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }
}

/// Writes the plans.
fn make(folder: &Path) -> io::Result<()> {
    let texts: Vec<String> =
        SAMPLES.iter().map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned()).collect();
    let clauses: Vec<&str> =
        texts.iter().flat_map(|text| text.lines()).filter(|line| line.len() > 30).collect();
    let mut dice = Dice(42);
    for number in 0..PLANS {
        let city = ["厦门市", "南宁市", "嘉兴市", "哈密市", "大连市"][dice.roll(5)];
        let mut plan = format!("{city}{}年卫生健康工作要点\n", 2000 + dice.roll(26));
        while plan.len() < BYTES {
            plan.push_str(clauses[dice.roll(clauses.len())]);
            plan.push('\n');
        }
        fs::write(folder.join(format!("{number:04}.txt")), plan)?;
    }
    Ok(())
}

/// Imports a folder as `duizhao import` does; gives the number of plans.
fn import(files: &Path, project: &Path) -> Result<usize, Box<dyn std::error::Error>> {
    let project = Project::create(project, "bench", Timestamp::now())?;
    let staging = Arc::new(Staging::begin(&project.folder)?);
    let batch = Batch {
        folder: project.folder.clone(),
        staging: staging.clone(),
        known: project.plans.clone(),
        waiting: HashMap::new(),
        reading: Reading::default(),
        control: Arc::new(Control::default()),
        now: Timestamp::now(),
    };
    let mut records = Vec::new();
    batch.read(&[files.to_owned()], &mut |line| {
        if let Verdict::Staged(staged) = line.verdict {
            records.push(staged.record);
        }
    });
    let mut imported = 0;
    staging.accept(records, &project.plans, &project.ledger, &AtomicBool::new(false), &mut |accepted| {
        imported += accepted.iter().filter(|(_, result)| result.is_ok()).count();
    });
    Ok(imported)
}

/// Copies the files, each synced to disk where `safe`.
fn copy(files: &Path, to: &Path, safe: bool) -> io::Result<usize> {
    fs::create_dir_all(to)?;
    let mut copied = 0;
    for entry in fs::read_dir(files)? {
        let from = entry?.path();
        let target = to.join(from.file_name().unwrap_or_default());
        fs::copy(&from, &target)?;
        if safe {
            fs::File::open(&target)?.sync_all()?;
        }
        copied += 1;
    }
    Ok(copied)
}

/// Runs `work` on a new folder each time. Nothing is removed meanwhile: ext4 looks for files deleted in the last
/// seconds whenever it makes one, which would be measured.
fn on_new_folders(times: u64, home: &Path, work: impl Fn(&Path) -> usize) -> Duration {
    (0..times)
        .map(|number| {
            let folder = home.join(format!("run-{}-{number}", Timestamp::now().as_nanosecond()));
            let begin = Instant::now();
            assert_eq!(work(&folder), PLANS);
            begin.elapsed()
        })
        .sum()
}

/// What the window did while it read the folder and took it in.
#[derive(Default)]
struct Frames {
    count: usize,
    longest: Duration,
    /// How long the import took from the command to its end.
    took: Duration,
}

/// Imports the folder in a window that draws 60 frames a second.
fn in_a_window(files: &Path, home: &Path) -> Frames {
    let places = Places { config: home.join("config"), data: home.join("data") };
    let _ = Settings { welcomed: true, coder: "bench".into(), ..Settings::default() }.save(&places);
    let ctx = egui::Context::default();
    let mut window = Window::new(&ctx, places, None);
    let frame = |window: &mut Window| {
        let rect = egui::Rect::from_min_size(egui::Pos2::ZERO, egui::vec2(1280.0, 800.0));
        let input = egui::RawInput { screen_rect: Some(rect), ..Default::default() };
        let begin = Instant::now();
        let mut output = ctx.run_ui(input, |ui| window.frame_ui(ui));
        // There is no screen to send glyphs to.
        output.textures_delta.clear();
        std::hint::black_box(output.shapes.len());
        let took = begin.elapsed();
        // As a screen with 60 frames a second does.
        std::thread::sleep(Duration::from_millis(16).saturating_sub(took));
        took
    };
    while window.app().project.is_none() || window.app().is_busy() {
        frame(&mut window);
    }
    for _ in 0..60 {
        frame(&mut window);
    }
    let mut frames = Frames::default();
    let mut note = |took: Duration| {
        frames.count += 1;
        frames.longest = frames.longest.max(took);
    };
    let begin = Instant::now();
    window.app_mut().run(Command::Import(vec![files.to_owned()]));
    loop {
        note(frame(&mut window));
        match window.app().importing().map(|importing| importing.phase) {
            Some(Phase::Review) => window.app_mut().run(Command::Importing(ImportCommand::Accept)),
            Some(Phase::Done) | None => break,
            _ => {}
        }
    }
    let took = begin.elapsed();
    for _ in 0..30 {
        note(frame(&mut window));
    }
    Frames { took, ..frames }
}

/// Where this program is told, when it starts itself, that it is to be the window: the folder of files.
const BE_A_WINDOW: &str = "DUIZHAO_BENCH_FILES";

/// The most memory this process ever held, in MB; `None` where the system does not tell.
fn most_memory() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().trim_end_matches("kB").trim().parse::<u64>().ok()? / 1024)
}

/// The window, in a process of its own so that its memory is its own; says what is promised and what was.
#[allow(clippy::print_stdout)]
fn be_a_window(files: &Path) {
    let Ok(home) = tempfile::tempdir() else { return };
    let frames = in_a_window(files, home.path());
    let memory = most_memory().map_or_else(|| "unknown".to_owned(), |mb| format!("{mb} MB"));
    println!(
        "importing {PLANS} plans in the window: {:.2} s, {} frames, the longest {:.1} ms (< 50), memory at most {memory} \
         (< 200)",
        frames.took.as_secs_f64(),
        frames.count,
        frames.longest.as_secs_f64() * 1e3,
    );
}

fn importing(criterion: &mut Criterion) {
    let Ok(home) = tempfile::tempdir() else { return };
    let files: PathBuf = home.path().join("files");
    if fs::create_dir(&files).and_then(|()| make(&files)).is_err() {
        return;
    }
    let mut group = criterion.benchmark_group("importing 1000 plans");
    // Ten of each: the whole bench ends within a minute and a half.
    group.sample_size(10).sampling_mode(SamplingMode::Flat);
    group.warm_up_time(Duration::from_secs(1)).measurement_time(Duration::from_secs(10));
    group.bench_function("copy", |bencher| {
        bencher.iter_custom(|times| {
            on_new_folders(times, home.path(), |to| copy(&files, to, false).unwrap_or(0))
        });
    });
    group.bench_function("copy, each file synced", |bencher| {
        bencher.iter_custom(|times| {
            on_new_folders(times, home.path(), |to| copy(&files, to, true).unwrap_or(0))
        });
    });
    group.bench_function("import", |bencher| {
        bencher.iter_custom(|times| on_new_folders(times, home.path(), |to| import(&files, to).unwrap_or(0)));
    });
    group.finish();
    if let Ok(program) = std::env::current_exe() {
        let _ = std::process::Command::new(program).env(BE_A_WINDOW, &files).status();
    }
}

criterion_group!(benches, importing);

fn main() {
    if let Some(files) = std::env::var_os(BE_A_WINDOW) {
        return be_a_window(Path::new(&files));
    }
    benches();
    Criterion::default().configure_from_args().final_summary();
}
