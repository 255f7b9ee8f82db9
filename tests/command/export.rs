//! Labels of a signed reading in every form, each read back and compared box by box.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use hemozoin::evaluate::Truth;
use hemozoin::exchange::LabelSet;
use hemozoin::record::read_file;
use hemozoin::review::{ReadSlide, Store};
use hemozoin::terms::{Film, LabelKind};
use serde_json::{Value, json};

use crate::support::review::{Drawn, Serving, draw};

const SLIDE: &str = "/en/slide/p0";
/// Name and edges: left, top, right, bottom.
type Box = (String, [f64; 4]);
/// By the picture's name without its ending.
type Boxes = BTreeMap<String, Vec<Box>>;

/// A slide of two fields, of which every suspect is judged: a ring, a gametocyte, what cannot be told, and dirt.
fn signed_slide(dir: &Path) {
    draw(dir, "S/../ é 1", Drawn { fields: 2, rings: 3, dirt: 2, white_cells: 2 });
    let serving = Serving::start(dir);
    let post = |path: &str, body: &Value| {
        let reply = serving.post(&format!("{SLIDE}/{path}"), body);
        assert_eq!(reply.status, 200, "{path}: {}", reply.text());
        reply.json()
    };
    let reading = post("begin", &json!({ "reader": "A", "blind": false }))["id"].clone();
    let verdicts = [
        json!({ "is": "seen", "class": "asexual_parasite", "stage": "ring" }),
        json!({ "is": "seen", "class": "gametocyte", "stage": null }),
        json!({ "is": "doubtful" }),
        json!({ "is": "nothing" }),
        json!({ "is": "nothing" }),
    ];
    for field in 0..2 {
        for (n, at) in [0, 1, 2, 5, 6].into_iter().enumerate() {
            let decision = json!({ "do": "judge", "mark": format!("m{field}-{at}"), "verdict": verdicts[n] });
            let body = json!({ "reading": reading, "key": format!("{field}{at}"), "since": 0, "decisions": [decision] });
            post("decide", &body);
        }
    }
    let seen = serving.get(&format!("{SLIDE}/whole.json?reading={reading}")).json()["seq"].clone();
    post("sign", &json!({ "reading": reading, "seen": seen }));
}

fn export(slide: &Path, form: &str, out: &Path) {
    let output = Command::new(env!("CARGO_BIN_EXE_hemozoin"))
        .args(["--lang", "en", "export", "--as", form, "--out"])
        .args([out, slide])
        .output()
        .expect("it runs");
    assert!(output.status.success(), "{form}: {}", String::from_utf8_lossy(&output.stderr));
}

fn stem(path: &str) -> String {
    Path::new(path).file_stem().expect("a name").to_string_lossy().into_owned()
}

fn of_coco(path: &Path) -> Boxes {
    let file: Value = serde_json::from_slice(&std::fs::read(path).expect("written")).expect("JSON");
    let list = |key: &str| file[key].as_array().expect("a list").clone();
    let name = |list: &[Value], id: &Value, key: &str| {
        let found = list.iter().find(|one| one["id"] == *id).expect("named");
        found[key].as_str().expect("text").to_owned()
    };
    let (images, categories) = (list("images"), list("categories"));
    let mut boxes: Boxes =
        images.iter().map(|i| (stem(i["file_name"].as_str().expect("text")), Vec::new())).collect();
    for label in list("annotations") {
        let at: Vec<f64> =
            label["bbox"].as_array().expect("a box").iter().filter_map(Value::as_f64).collect();
        let image = stem(&name(&images, &label["image_id"], "file_name"));
        let category = name(&categories, &label["category_id"], "name");
        boxes.entry(image).or_default().push((category, [at[0], at[1], at[0] + at[2], at[1] + at[3]]));
    }
    boxes
}

/// The files of a form that has one for each picture, by the picture's name.
fn each_file(folder: &Path, ending: &str) -> BTreeMap<String, String> {
    let files = walkdir::WalkDir::new(folder).into_iter().map(|e| e.expect("an entry").into_path());
    let files: Vec<_> = files.filter(|p| p.extension().is_some_and(|e| e == ending)).collect();
    assert!(files.iter().all(|p| p.starts_with(folder)), "{files:?}");
    let read = |p: &Path| std::fs::read_to_string(p).expect("text");
    files.iter().map(|p| (stem(&p.to_string_lossy()), read(p))).collect()
}

fn of_yolo(folder: &Path, size: (f64, f64), names: &[String]) -> Boxes {
    let line = |line: &str| {
        let parts: Vec<f64> = line.split(' ').map(|p| p.parse().expect("a number")).collect();
        let (x, y, across, down) =
            (parts[1] * size.0, parts[2] * size.1, parts[3] * size.0, parts[4] * size.1);
        let at = [x - across / 2.0, y - down / 2.0, x + across / 2.0, y + down / 2.0];
        (names[parts[0] as usize].clone(), at)
    };
    let files = each_file(&folder.join("labels"), "txt").into_iter();
    files.map(|(name, text)| (name, text.lines().map(line).collect())).collect()
}

fn of_voc(folder: &Path) -> Boxes {
    let boxes = |text: String| {
        let tree = roxmltree::Document::parse(&text).expect("XML");
        let within = |node: roxmltree::Node<'_, '_>, name: &str| {
            let found = node.descendants().find(|n| n.has_tag_name(name)).expect("an element");
            found.text().unwrap_or_default().to_owned()
        };
        let objects = tree.descendants().filter(|n| n.has_tag_name("object"));
        let read = objects.map(|object| {
            let side = |name: &str| within(object, name).parse::<f64>().expect("a number");
            let at = [side("xmin") - 1.0, side("ymin") - 1.0, side("xmax"), side("ymax")];
            let difficult = within(object, "difficult") == "1";
            assert_eq!(difficult, within(object, "name") == "ignore");
            (within(object, "name"), at)
        });
        read.collect::<Vec<_>>()
    };
    each_file(folder, "xml").into_iter().map(|(name, text)| (name, boxes(text))).collect()
}

fn of_cvat(path: &Path) -> Boxes {
    let text = std::fs::read_to_string(path).expect("text");
    let tree = roxmltree::Document::parse(&text).expect("XML");
    let attribute =
        |node: &roxmltree::Node<'_, '_>, name: &str| node.attribute(name).expect("set").to_owned();
    let images = tree.descendants().filter(|n| n.has_tag_name("image"));
    images
        .map(|image| {
            let boxes = image.children().filter(|n| n.has_tag_name("box")).map(|one| {
                let at = ["xtl", "ytl", "xbr", "ybr"].map(|n| attribute(&one, n).parse().expect("a number"));
                (attribute(&one, "label"), at)
            });
            (stem(&attribute(&image, "name")), boxes.collect())
        })
        .collect()
}

fn of_geojson(folder: &Path) -> Boxes {
    let boxes = |text: String| {
        let file: Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!(file["type"], "FeatureCollection");
        let features = file["features"].as_array().expect("features").iter();
        let read = features.map(|feature| {
            let ring = feature["geometry"]["coordinates"][0].as_array().expect("a ring");
            assert!(ring.len() == 5 && ring[0] == ring[4], "closed");
            let corner = |n: usize, axis: usize| ring[n][axis].as_f64().expect("a number");
            let named = feature["properties"]["classification"]["name"].as_str().expect("a name");
            let category = named.split(':').next().unwrap_or_default().to_owned();
            (category, [corner(0, 0), corner(0, 1), corner(2, 0), corner(2, 1)])
        });
        read.collect::<Vec<_>>()
    };
    each_file(folder, "geojson").into_iter().map(|(name, text)| (name, boxes(text))).collect()
}

fn of_csv(path: &Path) -> Boxes {
    let mut table = csv::Reader::from_path(path).expect("a table");
    let mut boxes = Boxes::new();
    for line in table.deserialize::<BTreeMap<String, String>>() {
        let line = line.expect("a line");
        let side = |name: &str| line[name].parse::<f64>().expect("a number");
        let at = [side("x"), side("y"), side("x") + side("width"), side("y") + side("height")];
        boxes.entry(stem(&line["file"])).or_default().push((line["category"].clone(), at));
    }
    boxes
}

fn same(form: &str, wanted: &Boxes, read: &Boxes, within: f64) {
    assert_eq!(wanted.keys().collect::<Vec<_>>(), read.keys().collect::<Vec<_>>(), "{form}");
    for (image, boxes) in wanted {
        let others = &read[image];
        assert_eq!(boxes.len(), others.len(), "{form} {image}");
        for ((category, at), (other, there)) in boxes.iter().zip(others) {
            assert_eq!(category, other, "{form} {image}");
            let near = at.iter().zip(there).all(|(a, b)| (a - b).abs() <= within);
            assert!(near, "{form} {image}: {at:?} {there:?}");
        }
    }
}

#[test]
fn every_form_holds_the_same_boxes() {
    let dir = tempfile::tempdir().expect("a folder");
    let slide = dir.path().join("slide");
    signed_slide(&slide);
    let out = dir.path().join("out");
    std::fs::create_dir(&out).expect("a folder");
    let coco = out.join("annotations.json");
    export(&slide, "coco", &coco);
    let wanted = of_coco(&coco);
    let names: Vec<&str> = wanted["1"].iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        names,
        ["parasite", "parasite", "ignore"],
        "dirt is no label, and nobody judged the white cells"
    );
    let categories = ["parasite", "rbc", "rbc_infected", "wbc", "platelet", "ignore"].map(str::to_owned);
    for form in ["yolo", "voc", "geojson"] {
        export(&slide, form, &out.join(form));
    }
    export(&slide, "cvat", &out.join("cvat.xml"));
    export(&slide, "csv", &out.join("labels.csv"));
    same("yolo", &wanted, &of_yolo(&out.join("yolo"), (640.0, 480.0), &categories), 0.01);
    same("voc", &wanted, &of_voc(&out.join("voc")), 0.5);
    same("geojson", &wanted, &of_geojson(&out.join("geojson")), 1e-9);
    same("cvat", &wanted, &of_cvat(&out.join("cvat.xml")), 0.01);
    same("csv", &wanted, &of_csv(&out.join("labels.csv")), 0.01);
    // The slide's name has a way out of the folder in it; no file may take it.
    assert!(!dir.path().join("é 1").exists() && !out.join("é 1").exists());

    let Some(python) = std::env::var_os("HEMOZOIN_LABELS_PYTHON") else {
        eprintln!("SKIPPED: no Python with pycocotools and supervision; set HEMOZOIN_LABELS_PYTHON");
        return;
    };
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/labels/read_back.py");
    let output =
        Command::new(python).arg(script).args([&slide.join("thick"), &out]).output().expect("it runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let printed = String::from_utf8(output.stdout).expect("text");
    let read: BTreeMap<String, Boxes> = serde_json::from_str::<
        BTreeMap<String, BTreeMap<String, Vec<(String, f64, f64, f64, f64)>>>,
    >(printed.lines().last().expect("a line"))
    .expect("JSON")
    .into_iter()
    .map(|(form, images)| {
        let boxes = |list: Vec<(String, f64, f64, f64, f64)>| {
            list.into_iter().map(|(name, a, b, c, d)| (name, [a, b, c, d])).collect()
        };
        (form, images.into_iter().map(|(image, list)| (image, boxes(list))).collect())
    })
    .collect();
    for (form, within) in [("coco", 1e-6), ("yolo", 0.5), ("voc", 1.5)] {
        same(form, &wanted, &read[form], within);
    }
}

/// What a reader of a slide says, by picture: category, stage, box, and what was rejected.
fn labels_of(slide: &Path, reader: &str) -> LabelSet {
    let folder = slide.join("hemozoin-result");
    let record = read_file(&folder.join("record.json")).expect("a record");
    let store = Store::read(&folder).expect("read").expect("there");
    let readings = store.readings(&record.slide.id).expect("readings");
    let reading = readings.iter().find(|r| r.reader == reader).expect("a reading");
    let entries = store.entries(reading.id, 0).expect("entries");
    let mut labels = LabelSet::default();
    labels.add(&record, &ReadSlide::replay(&record, &entries), "", str::to_owned);
    labels
}

#[test]
fn labels_come_back_box_by_box() {
    let dir = tempfile::tempdir().expect("a folder");
    let (slide, out) = (dir.path().join("slide"), dir.path().join("out"));
    signed_slide(&slide);
    std::fs::create_dir(&out).expect("a folder");
    let wanted = labels_of(&slide, "A");
    for (form, path) in
        [("coco", out.join("annotations.json")), ("yolo", out.join("yolo")), ("voc", out.join("voc"))]
    {
        export(&slide, form, &path);
        // As a labelled set.
        let truth = Truth::read(&path, Some(&slide), Film::Thick).expect(form);
        let truth = truth.complete_for(&[LabelKind::Parasite].into());
        assert_eq!(truth.pictures.len(), wanted.fields.len(), "{form}");
        for (picture, field) in truth.pictures.iter().zip(&wanted.fields) {
            assert_eq!(stem(&picture.name), stem(&field.image), "{form}");
            assert!(picture.path.is_file() && picture.complete.contains(&LabelKind::Parasite), "{form}");
            assert_eq!(picture.labels.len(), field.labels.len(), "{form}");
            for (read, label) in picture.labels.iter().zip(&field.labels) {
                let at = [read.bounds.x(), read.bounds.y(), read.bounds.width(), read.bounds.height()];
                let own = [label.at.x, label.at.y, label.at.width, label.at.height];
                assert!(at.iter().zip(own).all(|(a, b)| (a - b).abs() < 1.01), "{form}: {at:?} {own:?}");
                assert_eq!(read.kind, label.category, "{form}");
                if form != "yolo" {
                    assert_eq!(read.stage, label.stage, "{form}");
                }
            }
        }
        // As the decisions of another reader of the same slide, on whose page they stand.
        let copy = dir.path().join(form);
        draw(&copy, "elsewhere", Drawn { fields: 2, rings: 3, dirt: 2, white_cells: 2 });
        let mut command = Command::new(env!("CARGO_BIN_EXE_hemozoin"));
        command.args([
            "--lang",
            "en",
            "review",
            "--no-open",
            "--reader",
            "B",
            "--labels-complete",
            "--labels",
        ]);
        command.args([&path, &copy]);
        let serving = Serving::of(command);
        let whole = serving.get(&format!("{SLIDE}/whole.json?reading=1")).json();
        assert_eq!(whole["reading"]["reader"], "B");
        assert_eq!(whole["signed"], false, "a person signs");
        drop(serving);
        let back = labels_of(&copy, "B");
        for (own, back) in wanted.fields.iter().zip(&back.fields) {
            let of = |labels: &[hemozoin::exchange::Label]| {
                let mut all: Vec<_> = labels
                    .iter()
                    .map(|l| {
                        let at = [l.at.x, l.at.y, l.at.width, l.at.height].map(|v| (v * 10.0).round() as i64);
                        let stage = l.stage.filter(|_| form != "yolo").map(|s| s.code());
                        (l.category, stage, at)
                    })
                    .collect();
                all.sort();
                all
            };
            assert_eq!(
                of(&own.labels),
                of(&back.labels),
                "{form}: the machine's own boxes, judged as they were"
            );
            assert_eq!(own.rejected, back.rejected, "{form}");
            assert!(back.complete, "{form}: the page says that it was looked at");
        }
        // Once more: nothing is added.
        let before =
            Store::read(&copy.join("hemozoin-result")).expect("read").expect("there").last(1).expect("read");
        let mut command = Command::new(env!("CARGO_BIN_EXE_hemozoin"));
        command
            .args(["review", "--no-open", "--reader", "B", "--labels-complete", "--labels"])
            .args([&path, &copy]);
        drop(Serving::of(command));
        let after =
            Store::read(&copy.join("hemozoin-result")).expect("read").expect("there").last(1).expect("read");
        assert_eq!(before, after, "{form}");
    }
    // What another program's reader saw and the machine did not; by that program's names.
    let elsewhere = dir.path().join("elsewhere");
    std::fs::create_dir(&elsewhere).expect("a folder");
    let voc = "<annotation><filename>1.JPG</filename><size><width>640</width><height>480</height></size>\
        <object><name>Trophozoite</name><bndbox><xmin>301</xmin><ymin>331</ymin><xmax>320</xmax><ymax>350</ymax></bndbox>\
        </object></annotation>";
    std::fs::write(elsewhere.join("a.xml"), voc).expect("written");
    let copy = dir.path().join("voc");
    let mut command = Command::new(env!("CARGO_BIN_EXE_hemozoin"));
    command.args(["review", "--no-open", "--reader", "C", "--labels"]).args([&elsewhere, &copy]);
    drop(Serving::of(command));
    let added = labels_of(&copy, "C");
    let label = added.fields[0].labels.iter().find(|l| l.category == LabelKind::Parasite).expect("added");
    assert_eq!((label.at.x, label.at.y, label.at.width, label.at.height), (300.0, 330.0, 20.0, 20.0));
    assert_eq!(label.stage.map(|s| s.code()), Some("trophozoite"));
    assert!(!added.fields[0].complete, "nobody said that it is");
    // Of a slide that has none of these pictures.
    let other = dir.path().join("other");
    draw(&other, "X", Drawn { fields: 1, rings: 1, dirt: 0, white_cells: 0 });
    std::fs::rename(other.join("thick/1.png"), other.join("thick/9.png")).expect("renamed");
    let record = other.join("hemozoin-result/record.json");
    let text = std::fs::read_to_string(&record).expect("read").replace("thick/1.png", "thick/9.png");
    std::fs::write(&record, text).expect("written");
    let output = Command::new(env!("CARGO_BIN_EXE_hemozoin"))
        .args(["--lang", "en", "review", "--no-open", "--reader", "B", "--labels"])
        .args([&out.join("voc"), &other])
        .output()
        .expect("it runs");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.code() == Some(2) && said.contains("no picture of this slide"), "{said}");
}
