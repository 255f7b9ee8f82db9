//! What a TIFF says about its own scale, where that can be about a microscope at all.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::measure::MicronsPerPixel;

/// Where in the file a scale was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum DeclaredBy {
    /// `PhysicalSizeX` of OME-XML in the image description.
    OmeXml,
    /// Resolution tags with the unit in an ImageJ description.
    ImageJ,
    /// `MPP` in the description of an Aperio slide scanner.
    Aperio,
    /// TIFF resolution tags (TIFF 6.0, section 8) in pixels per inch or centimetre.
    TiffResolution,
}

/// Scales that light microscopy of blood films can have; what lies outside is a printer's or camera's default
/// (72, 96 and 300 pixels per inch are 353, 265 and 85 µm).
const PLAUSIBLE_UM_PER_PX: (f64, f64) = (0.02, 1.0);
/// Largest difference between the two axes, as a share; more is no square pixel, and is not used.
const MAX_ANISOTROPY: f64 = 0.02;

const MICRONS_PER_INCH: f64 = 25_400.0;
const MICRONS_PER_CENTIMETRE: f64 = 10_000.0;

/// The tags of one TIFF page that bear on its scale.
#[derive(Debug, Default)]
pub(super) struct Resolution {
    /// ImageDescription, of the page or of the file.
    pub(super) description: String,
    /// XResolution, pixels per unit.
    pub(super) x: Option<f64>,
    /// YResolution, pixels per unit.
    pub(super) y: Option<f64>,
    /// ResolutionUnit: 1 none, 2 inch (the default), 3 centimetre.
    pub(super) unit: Option<u32>,
}

impl Resolution {
    /// The scale, if it is one of a microscope.
    pub(super) fn scale(&self) -> Option<(MicronsPerPixel, DeclaredBy)> {
        let description = self.description.as_str();
        let ((x, y), by) = if let Some(sizes) = ome_sizes(description) {
            (sizes, DeclaredBy::OmeXml)
        } else if let Some(scale) = aperio_scale(description) {
            ((scale, scale), DeclaredBy::Aperio)
        } else if let Some(unit) = imagej_unit(description) {
            ((unit / self.x?, unit / self.y.or(self.x)?), DeclaredBy::ImageJ)
        } else {
            let unit = match self.unit.unwrap_or(2) {
                2 => MICRONS_PER_INCH,
                3 => MICRONS_PER_CENTIMETRE,
                _ => return None,
            };
            ((unit / self.x?, unit / self.y.or(self.x)?), DeclaredBy::TiffResolution)
        };
        let plausible = (PLAUSIBLE_UM_PER_PX.0..=PLAUSIBLE_UM_PER_PX.1).contains(&x);
        let square = (x - y).abs() <= MAX_ANISOTROPY * x;
        (plausible && square).then(|| MicronsPerPixel::new(x))?.map(|scale| (scale, by))
    }
}

/// `PhysicalSizeX` and `PhysicalSizeY` of the first `Pixels` element, µm.
fn ome_sizes(description: &str) -> Option<(f64, f64)> {
    if !description.contains("<OME") {
        return None;
    }
    let document = roxmltree::Document::parse(description.trim_end_matches('\0').trim()).ok()?;
    let pixels = document.descendants().find(|node| node.tag_name().name() == "Pixels")?;
    let size = |name: &str, unit_name: &str| -> Option<f64> {
        let value: f64 = pixels.attribute(name)?.trim().parse().ok()?;
        Some(value * microns(pixels.attribute(unit_name).unwrap_or("µm"))?)
    };
    let x = size("PhysicalSizeX", "PhysicalSizeXUnit")?;
    Some((x, size("PhysicalSizeY", "PhysicalSizeYUnit").unwrap_or(x)))
}

/// µm in one `unit=` of an ImageJ description.
fn imagej_unit(description: &str) -> Option<f64> {
    if !description.starts_with("ImageJ=") {
        return None;
    }
    let unit = description.lines().find_map(|line| line.strip_prefix("unit="))?;
    microns(unit.trim_end_matches('\0').trim())
}

/// `MPP = 0.2521` among the parts of an Aperio description.
fn aperio_scale(description: &str) -> Option<f64> {
    let parts = description.starts_with("Aperio").then(|| description.split('|'))?;
    let mut values = parts.filter_map(|part| part.split_once('='));
    values.find(|(name, _)| name.trim() == "MPP")?.1.trim().parse().ok()
}

/// µm in one unit of length; OME schema 2016-06 `UnitsLength`, and ImageJ's spellings.
fn microns(unit: &str) -> Option<f64> {
    Some(match unit {
        "µm" | "μm" | "um" | "micron" | "microns" | "micrometer" | "micrometre" | "\\u00B5m" => 1.0,
        "nm" => 1e-3,
        "Å" => 1e-4,
        "pm" => 1e-6,
        "mm" => 1e3,
        "cm" => 1e4,
        "m" => 1e6,
        "inch" | "in" => MICRONS_PER_INCH,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tags(x: f64, y: f64, unit: u32) -> Resolution {
        Resolution { x: Some(x), y: Some(y), unit: Some(unit), description: String::new() }
    }

    #[test]
    fn defaults_of_printers_and_cameras_say_nothing() {
        for dpi in [1.0, 72.0, 96.0, 150.0, 300.0, 600.0, 0.0, f64::NAN] {
            assert!(tags(dpi, dpi, 2).scale().is_none(), "{dpi}");
        }
        assert!(tags(100_000.0, 50_000.0, 3).scale().is_none(), "pixels that are not square");
        assert!(tags(100_000.0, 100_000.0, 1).scale().is_none(), "no unit");
    }

    #[test]
    fn microscopes_are_believed() {
        let (scale, by) = tags(100_000.0, 100_000.0, 3).scale().expect("0.1 µm");
        assert_eq!((scale.get(), by), (0.1, DeclaredBy::TiffResolution));
        let ome = |unit: &str, size: &str| Resolution {
            description: format!(
                r#"<?xml version="1.0"?><OME xmlns="http://www.openmicroscopy.org/Schemas/OME/2016-06">
                <Image ID="Image:0"><Pixels ID="Pixels:0" PhysicalSizeX="{size}"{unit}/></Image></OME>"#
            ),
            ..tags(72.0, 72.0, 2)
        };
        let (scale, by) = ome("", "0.25").scale().expect("µm by default");
        assert_eq!((scale.get(), by), (0.25, DeclaredBy::OmeXml));
        let (scale, _) = ome(r#" PhysicalSizeXUnit="nm""#, "65").scale().expect("nm");
        assert!((scale.get() - 0.065).abs() < 1e-12);
        assert!(ome("", "-1").scale().is_none());
        let imagej = Resolution {
            description: "ImageJ=1.53t\nunit=micron\nloop=false\n".to_owned(),
            ..tags(10.0, 10.0, 1)
        };
        let (scale, by) = imagej.scale().expect("10 px per µm");
        assert_eq!((scale.get(), by), (0.1, DeclaredBy::ImageJ));
        let aperio = Resolution {
            description:
                "Aperio Image Library v11\r\n46000x32914 (240x240) JPEG/RGB Q=70|AppMag = 40|MPP = 0.2521"
                    .to_owned(),
            ..tags(72.0, 72.0, 2)
        };
        let (scale, by) = aperio.scale().expect("MPP");
        assert_eq!((scale.get(), by), (0.2521, DeclaredBy::Aperio));
    }
}
