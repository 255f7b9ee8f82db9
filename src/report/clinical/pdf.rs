//! The pages as PDF/A-2b (ISO 19005-2): PDF 1.7 with its fonts inside, one colour space, and metadata that say what it is.
//!
//! Left out on purpose: a creation date, so that the same report gives the same bytes.

use std::collections::BTreeMap;
use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use maud::html;
use pdf_writer::types::{CidFontType, FontFlags, OutputIntentSubtype, SystemInfo, UnicodeCmap};
use pdf_writer::{Content, Filter, Finish, Name, Pdf, Rect, Ref, Str, TextStr};

use super::face::{Face, Weight};
use super::flow::{Item, PAGE};
use super::layout::Pages;
use super::letter::Letter;
use crate::intake::digest_of_bytes;
use crate::{Error, ErrorKind, Result};

/// sRGB as an ICC profile.
const SRGB: &[u8] = include_bytes!("fonts/sRGB-v4.icc");
/// Orders of the glyphs of a font: as they come.
const IDENTITY: SystemInfo<'_> =
    SystemInfo { registry: Str(b"Adobe"), ordering: Str(b"Identity"), supplement: 0 };
/// Four bytes that no text holds: the file is not text (ISO 19005-2, 6.1.2).
const NO_TEXT: &[u8; 4] = b"\xe2\xe3\xcf\xd3";

/// Letters of one font that the pages show, by glyph.
type Used = BTreeMap<u16, char>;

/// Hands out numbers of objects.
struct Numbers(i32);

impl Numbers {
    fn next(&mut self) -> Ref {
        self.0 += 1;
        Ref::new(self.0)
    }
}

pub(super) fn write(pages: &Pages, letter: &Letter) -> Result<Vec<u8>> {
    let mut numbers = Numbers(0);
    let mut pdf = Pdf::new();
    pdf.set_version(1, 7);
    pdf.set_binary_marker(NO_TEXT);
    let (catalog, tree, metadata, profile) = (numbers.next(), numbers.next(), numbers.next(), numbers.next());
    let weights = [(Weight::Regular, Name(b"F1")), (Weight::Bold, Name(b"F2"))];
    let fonts: Vec<Ref> = weights.iter().map(|_| numbers.next()).collect();
    let pictures: Vec<(Ref, &[u8], i32, i32)> = pictures(letter)
        .into_iter()
        .map(|(jpeg, width, height)| (numbers.next(), jpeg, width, height))
        .collect();
    let kids: Vec<(Ref, Ref)> = pages.pages.iter().map(|_| (numbers.next(), numbers.next())).collect();

    let mut root = pdf.catalog(catalog);
    root.pages(tree).metadata(metadata).lang(TextStr(letter.language.code()));
    root.viewer_preferences().display_doc_title(true);
    let mut intents = root.output_intents();
    intents
        .push()
        .subtype(OutputIntentSubtype::PDFA)
        .output_condition_identifier(TextStr("sRGB"))
        .info(TextStr("sRGB IEC61966-2.1"))
        .dest_output_profile(profile);
    intents.finish();
    root.finish();
    let count = i32::try_from(kids.len()).unwrap_or(i32::MAX);
    pdf.pages(tree).kids(kids.iter().map(|(page, _)| *page)).count(count);

    let names: Vec<String> = (0..pictures.len()).map(|i| format!("P{i}")).collect();
    for (items, (page, content)) in pages.pages.iter().zip(&kids) {
        let mut dictionary = pdf.page(*page);
        dictionary.media_box(Rect::new(0.0, 0.0, PAGE.0, PAGE.1)).parent(tree).contents(*content);
        let mut resources = dictionary.resources();
        let mut named = resources.fonts();
        for ((_, name), font) in weights.iter().zip(&fonts) {
            named.pair(*name, *font);
        }
        named.finish();
        let mut named = resources.x_objects();
        for (name, (picture, ..)) in names.iter().zip(&pictures) {
            named.pair(Name(name.as_bytes()), *picture);
        }
        named.finish();
        resources.finish();
        dictionary.finish();
        let drawn = packed(drawn(items, pages, &names).as_slice())?;
        pdf.stream(*content, &drawn).filter(Filter::FlateDecode);
    }
    for ((weight, _), font) in weights.iter().zip(&fonts) {
        let used = used(&pages.pages, *weight, pages.faces.of(*weight));
        embed(&mut pdf, &mut numbers, *font, pages.faces.of(*weight), &used, *weight == Weight::Bold)?;
    }
    for (picture, jpeg, width, height) in &pictures {
        let mut image = pdf.image_xobject(*picture, jpeg);
        image.filter(Filter::DctDecode);
        image.width(*width).height(*height).bits_per_component(8);
        image.color_space().device_rgb();
    }
    pdf.icc_profile(profile, &packed(SRGB)?).n(3).filter(Filter::FlateDecode);
    pdf.metadata(metadata, xmp(letter).as_bytes());
    let id = digest_of_bytes(format!("{letter:?}").as_bytes()).into_bytes();
    pdf.set_file_id((id.clone(), id));
    Ok(pdf.finish())
}

/// Logo and thumbnails in the order of their numbers.
fn pictures(letter: &Letter) -> Vec<(&[u8], i32, i32)> {
    let side = |pixels: u32| i32::try_from(pixels).unwrap_or(0);
    let logo = letter.laboratory.logo.iter().map(|(jpeg, w, h)| (jpeg.as_slice(), side(*w), side(*h)));
    let print = side(crate::report::crops::CropScale::PRINT.side_px());
    let crops = letter.thumbnails.iter().filter_map(|t| Some((t.jpeg.as_deref()?, print, print)));
    logo.chain(crops).collect()
}

fn drawn(items: &[Item], pages: &Pages, names: &[String]) -> pdf_writer::Buf {
    let mut content = Content::new();
    let up = |y: f32| PAGE.1 - y;
    content.set_fill_gray(0.0).set_stroke_gray(0.0);
    for item in items {
        match item {
            Item::Text { x, y, size, weight, text } => {
                let face = pages.faces.of(*weight);
                let glyphs: Vec<u8> = text.chars().flat_map(|c| face.glyph(c).to_be_bytes()).collect();
                let name = if *weight == Weight::Bold { Name(b"F2") } else { Name(b"F1") };
                content
                    .begin_text()
                    .set_font(name, *size)
                    .next_line(*x, up(*y))
                    .show(Str(&glyphs))
                    .end_text();
            }
            Item::Line { from, to, width } => {
                content.set_line_width(*width).move_to(from.0, up(from.1)).line_to(to.0, up(to.1)).stroke();
            }
            Item::Frame { x, y, width, height, line } => {
                content.set_line_width(*line).rect(*x, up(*y + *height), *width, *height).stroke();
            }
            Item::Picture { x, y, width, height, number } => {
                if let Some(name) = names.get(*number) {
                    content
                        .save_state()
                        .transform([*width, 0.0, 0.0, *height, *x, up(*y + *height)])
                        .x_object(Name(name.as_bytes()))
                        .restore_state();
                }
            }
        }
    }
    content.finish()
}

fn used(pages: &[Vec<Item>], of: Weight, face: &Face) -> Used {
    let mut used = Used::new();
    for item in pages.iter().flatten() {
        if let Item::Text { weight, text, .. } = item
            && *weight == of
        {
            for letter in text.chars() {
                used.entry(face.glyph(letter)).or_insert(letter);
            }
        }
    }
    used
}

fn embed(
    pdf: &mut Pdf,
    numbers: &mut Numbers,
    font: Ref,
    face: &Face,
    used: &Used,
    bold: bool,
) -> Result<()> {
    let (cid, descriptor, unicode, file) = (numbers.next(), numbers.next(), numbers.next(), numbers.next());
    let name = Name(face.name.as_bytes());
    pdf.type0_font(font)
        .base_font(name)
        .encoding_predefined(Name(b"Identity-H"))
        .descendant_font(cid)
        .to_unicode(unicode);
    let mut cid_font = pdf.cid_font(cid);
    cid_font
        .subtype(CidFontType::Type2)
        .base_font(name)
        .system_info(IDENTITY)
        .font_descriptor(descriptor)
        .default_width(600.0)
        .cid_to_gid_map_predefined(Name(b"Identity"));
    let mut widths = cid_font.widths();
    for glyph in used.keys() {
        widths.consecutive(*glyph, [face.advance(*glyph)]);
    }
    widths.finish();
    cid_font.finish();
    let (rise, fall) = face.rise_and_fall();
    pdf.font_descriptor(descriptor)
        .name(name)
        .flags(FontFlags::NON_SYMBOLIC)
        .bbox(Rect::new(-1100.0, -450.0, 1900.0, 1250.0))
        .italic_angle(0.0)
        .ascent(rise)
        .descent(fall)
        .cap_height(729.0)
        .stem_v(if bold { 150.0 } else { 80.0 })
        .font_file2(file);
    let mut map = UnicodeCmap::new(Name(b"Letters"), IDENTITY);
    for (glyph, letter) in used {
        map.pair(*glyph, *letter);
    }
    let map = packed(map.finish().as_slice())?;
    pdf.cmap(unicode, &map).filter(Filter::FlateDecode);
    let bytes = packed(face.bytes)?;
    let length = i32::try_from(face.bytes.len()).unwrap_or(0);
    pdf.stream(file, &bytes).filter(Filter::FlateDecode).pair(Name(b"Length1"), length);
    Ok(())
}

/// What the file says about itself (ISO 16684-1), PDF/A-2b among it.
fn xmp(letter: &Letter) -> String {
    let title = html! { (letter.title) " · " (letter.page) }.into_string();
    let language = letter.language.code();
    let producer = concat!("hemozoin ", env!("CARGO_PKG_VERSION"));
    format!(
        "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n\
         <x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n\
         <rdf:Description rdf:about=\"\" xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\">\
         <pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance></rdf:Description>\n\
         <rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\
         <dc:format>application/pdf</dc:format>\
         <dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">{title}</rdf:li></rdf:Alt></dc:title>\
         <dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language></rdf:Description>\n\
         <rdf:Description rdf:about=\"\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\">\
         <pdf:Producer>{producer}</pdf:Producer></rdf:Description>\n\
         </rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>"
    )
}

/// Packed as a PDF reader unpacks it.
fn packed(bytes: &[u8]) -> Result<Vec<u8>> {
    let refused = |e: std::io::Error| {
        Error::new(ErrorKind::Internal, format!("a part of the report cannot be packed: {e}"))
    };
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).map_err(refused)?;
    encoder.finish().map_err(refused)
}
