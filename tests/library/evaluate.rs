//! Evaluation on made-up pictures whose figures are known by hand, and the command on the drawn samples.

use std::path::Path;

use crate::support::common::{dots, scripted};
use hemozoin::ErrorKind;
use hemozoin::evaluate::{Distortion, Figures, IgnoreRule, Plan, ScaleMode, Subject, Truth, run_over};
use hemozoin::intake::Limits;
use hemozoin::measure::MicronsPerPixel;
use hemozoin::slide::Engine;
use hemozoin::terms::Film;

/// Three fields. A: two of three labelled parasites found, one unlabelled found; both `ignore` boxes hold
/// something that must not count; the white cell found. B: its labelled parasite found; an unlabelled one is no
/// false one, for parasites are not complete there, but the unlabelled white cell is. C: nothing at all.
const ANNOTATIONS: &str = r#"{
"categories": [{"id":1,"name":"parasite"},{"id":4,"name":"wbc"},{"id":6,"name":"ignore"}],
"images": [
 {"id":1,"file_name":"a.png","slide":"S1","film":"thick","um_per_px":0.2,"complete":["parasite","wbc"]},
 {"id":2,"file_name":"b.png","slide":"S2","film":"thick","um_per_px":0.2,"complete":["wbc"]},
 {"id":3,"file_name":"c.png","slide":"S3","film":"thick","um_per_px":0.2,"complete":["parasite","wbc"]}],
"annotations": [
 {"id":1,"image_id":1,"category_id":1,"bbox":[93,93,14,14]},
 {"id":2,"image_id":1,"category_id":1,"bbox":[199,99,2,2]},
 {"id":3,"image_id":1,"category_id":1,"bbox":[393,93,14,14]},
 {"id":4,"image_id":1,"category_id":4,"bbox":[85,285,30,30]},
 {"id":5,"image_id":1,"category_id":6,"bbox":[430,280,40,40]},
 {"id":6,"image_id":1,"category_id":6,"bbox":[430,180,40,40]},
 {"id":7,"image_id":1,"category_id":1,"bbox":[443,193,14,14]},
 {"id":8,"image_id":2,"category_id":1,"bbox":[93,93,14,14]}]}"#;

fn folder() -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    let images = dir.path().join("images");
    std::fs::create_dir(&images).expect("a folder");
    let a = [(100, 100, true), (202, 101, true), (300, 100, true), (100, 300, false), (450, 300, true)];
    let b = [(100, 100, true), (300, 100, true), (200, 300, false)];
    for (name, at) in [("a", &a[..]), ("b", &b[..]), ("c", &[][..])] {
        dots(500, 410, at).save(images.join(format!("{name}.png"))).expect("saved");
    }
    std::fs::write(dir.path().join("annotations.json"), ANNOTATIONS).expect("written");
    dir
}

fn figures(dir: &Path, scale: ScaleMode, distortion: Distortion) -> Figures {
    let truth = Truth::read(&dir.join("annotations.json"), None, Film::Thick).expect("sound");
    let engine = Engine::builder().detector(scripted()).build().expect("an engine");
    let plan = Plan { film: Film::Thick, scale, ignore: IgnoreRule::DropLabels, distortion };
    Figures::over(Film::Thick, &run_over(&engine, &truth, &plan, &|| ()).expect("run"))
}

fn close(a: Option<f64>, b: f64) -> bool {
    a.is_some_and(|a| (a - b).abs() < 1e-9)
}

#[test]
fn known_answers() {
    let dir = folder();
    let all = figures(dir.path(), ScaleMode::Given, Distortion::default());
    assert_eq!((all.pictures, all.slides, all.pictures_without_slide), (3, 3, 0));
    let p = all.subject(Subject::Parasite).expect("judged");
    assert_eq!((p.labelled, p.hits, p.found_where_complete, p.hits_where_complete), (4, 3, 3, 2));
    assert!(close(p.precision, 2.0 / 3.0) && close(p.recall, 0.75) && close(p.f1, 12.0 / 17.0), "{p:?}");
    let count = p.count_error.expect("two complete fields");
    assert_eq!((count.fields, count.slides), (2, 2));
    assert!(count.mean_absolute_per_field == 0.0 && close(count.percent, 0.0), "{count:?}");
    let w = all.subject(Subject::WhiteCell).expect("judged");
    assert!(close(w.precision, 0.5) && close(w.recall, 1.0) && close(w.f1, 2.0 / 3.0), "{w:?}");
    let rate = all.false_parasites.expect("complete fields");
    assert_eq!((rate.false_parasites, rate.cells, rate.cells_counted_by_engine, rate.fields), (1, 1, 0, 2));
    assert!(close(rate.rate, 200.0));
    let free = all.false_parasites_on_free_fields.expect("one free field");
    assert_eq!((free.false_parasites, free.fields, free.rate), (0, 1, None));
    assert!(all.subject(Subject::AsexualParasite).is_none(), "no stage is labelled");
    assert_eq!(all.scale_error, None, "every scale was given");
    let range = p.recall_range.expect("three slides");
    assert!(range.low <= 0.75 && range.high >= 0.75 && range.low < range.high);
}

#[test]
fn the_answer_is_the_same_every_time_and_for_any_order() {
    let dir = folder();
    let first = figures(dir.path(), ScaleMode::Given, Distortion::default());
    assert_eq!(first, figures(dir.path(), ScaleMode::Given, Distortion::default()));
    let engine = Engine::builder().detector(scripted()).build().expect("an engine");
    let mut truth = Truth::read(&dir.path().join("annotations.json"), None, Film::Thick).expect("sound");
    truth.pictures.reverse();
    let plan = Plan {
        film: Film::Thick,
        scale: ScaleMode::Given,
        ignore: IgnoreRule::DropLabels,
        distortion: Distortion::default(),
    };
    let judged = run_over(&engine, &truth, &plan, &|| ()).expect("run");
    assert_eq!(Figures::over(Film::Thick, &judged), first);
}

#[test]
fn a_label_under_an_ignore_box_can_be_kept() {
    let dir = folder();
    let truth = Truth::read(&dir.path().join("annotations.json"), None, Film::Thick).expect("sound");
    let engine = Engine::builder().detector(scripted()).build().expect("an engine");
    let plan = Plan {
        film: Film::Thick,
        scale: ScaleMode::Given,
        ignore: IgnoreRule::KeepLabels,
        distortion: Distortion::default(),
    };
    let judged = run_over(&engine, &truth, &plan, &|| ()).expect("run");
    let kept = Figures::over(Film::Thick, &judged);
    let p = kept.subject(Subject::Parasite).expect("judged");
    assert_eq!((p.labelled, p.hits, p.found_where_complete), (5, 3, 3), "one more label, missed");
}

#[test]
fn distortions_reach_the_engine() {
    let dir = folder();
    let sound = figures(dir.path(), ScaleMode::Given, Distortion::default());
    let blurred = Distortion { blur_um: Some(3.0), ..Distortion::default() };
    let blurred = figures(dir.path(), ScaleMode::Given, blurred);
    let hits = |f: &Figures| f.subject(Subject::Parasite).map_or(0, |p| p.hits);
    assert!(hits(&blurred) < hits(&sound), "15 pixels of blur leave no dark dot");
    let mild = Distortion { jpeg_quality: Some(90), scale_factor: Some(1.05), ..Distortion::default() };
    assert_eq!(hits(&figures(dir.path(), ScaleMode::Given, mild)), hits(&sound));
}

#[test]
fn a_resized_picture_takes_its_labels_and_scale_along() {
    let dir = folder();
    let sound = figures(dir.path(), ScaleMode::Given, Distortion::default());
    let fixed = ScaleMode::Fixed(MicronsPerPixel::new(0.2).expect("a scale"));
    for (factor, scale) in
        [(0.8, ScaleMode::Given), (1.25, ScaleMode::Given), (2.0, ScaleMode::Given), (0.8, fixed)]
    {
        let resized = Distortion { resize: Some(factor), ..Distortion::default() };
        let resized = figures(dir.path(), scale, resized);
        for subject in [Subject::Parasite, Subject::WhiteCell] {
            let hits = |f: &Figures| f.subject(subject).map(|s| (s.labelled, s.hits, s.found_where_complete));
            assert_eq!(hits(&resized), hits(&sound), "{subject:?} x {factor}, {scale:?}");
        }
    }
}

#[test]
fn a_picture_is_not_enlarged_beyond_the_limits() {
    let dir = folder();
    let truth = Truth::read(&dir.path().join("annotations.json"), None, Film::Thick).expect("sound");
    let limits = Limits::default().with(|l| l.max_pixels_in_memory = 500 * 410);
    let engine = Engine::builder().limits(limits).detector(scripted()).build().expect("an engine");
    let run = |resize| {
        let distortion = Distortion { resize, ..Distortion::default() };
        let plan =
            Plan { film: Film::Thick, scale: ScaleMode::Given, ignore: IgnoreRule::DropLabels, distortion };
        run_over(&engine, &truth, &plan, &|| ())
    };
    assert!(run(Some(0.9)).is_ok());
    let error = run(Some(1.1)).expect_err("too large");
    assert!(error.kind() == ErrorKind::Limit && error.to_string().contains(".png"), "{error}");
}

#[test]
fn the_command_measures_the_shipped_bundle_on_a_drawn_field() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let run = |format: &str, lang: &str| {
        let output = assert_cmd::Command::cargo_bin("hemozoin")
            .expect("built")
            .args([
                "evaluate",
                "--film",
                "thin",
                "--only",
                "reference-thin",
                "--lang",
                lang,
                "--format",
                format,
            ])
            .arg("--truth")
            .arg(samples.join("truth.json"))
            .arg("--images")
            .arg(&samples)
            .output()
            .expect("run");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    let json: serde_json::Value = serde_json::from_str(&run("json", "en")).expect("JSON");
    assert_eq!(json["schema"], "hemozoin-evaluation/1");
    let figures = &json["sets"][0]["figures"];
    assert_eq!(figures["pictures"], 1);
    let recall = figures["subjects"]
        .as_array()
        .and_then(|rows| rows.iter().find(|r| r["subject"] == "red_cell"))
        .and_then(|r| r["recall"].as_f64())
        .expect("red cells are judged");
    assert!(recall > 0.5, "a drawn field's red cells are found: {recall}");
    assert!(run("markdown", "en").contains("| red cells |"));
    assert!(run("text", "fr").contains("hématies"));
}
