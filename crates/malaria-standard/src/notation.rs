//! A series of fields in short form, as in the vectors and on the command line (section 20).
//!
//! Blocks stand in acquisition order, separated by blanks: `COUNTxP:W[:G]` is COUNT fields with P asexual
//! parasites, W white cells and G gametocytes each; `COUNTx!P:W[:G]` is COUNT rejected fields.

use super::thick::FieldCount;
use crate::{Error, ErrorKind, Result};

/// Most fields in one series: far above any film, and small enough for memory.
pub const MAX_FIELDS: usize = 1_000_000;

/// Reads a series such as `120x10:16 5x!2:16`.
///
/// # Errors
/// [`ErrorKind::Usage`] for a block in another form, [`ErrorKind::Limit`] above [`MAX_FIELDS`] fields.
pub fn parse_fields(text: &str) -> Result<Vec<FieldCount>> {
    let mut fields = Vec::new();
    for block in text.split_whitespace() {
        let (count, field) = parse_block(block).ok_or_else(|| {
            Error::new(
                ErrorKind::Usage,
                format!("{block} is not a block of fields; write COUNTxP:W, COUNTxP:W:G or COUNTx!P:W"),
            )
            .with_key("error-fields-block")
            .with_arg("block", block)
        })?;
        if count > MAX_FIELDS - fields.len() {
            return Err(Error::new(ErrorKind::Limit, format!("a film has at most {MAX_FIELDS} fields"))
                .with_key("error-fields-limit")
                .with_arg("limit", MAX_FIELDS));
        }
        fields.extend(std::iter::repeat_n(field, count));
    }
    Ok(fields)
}

fn parse_block(block: &str) -> Option<(usize, FieldCount)> {
    let (count, rest) = block.split_once('x')?;
    let (rejected, numbers) = match rest.strip_prefix('!') {
        Some(numbers) => (true, numbers),
        None => (false, rest),
    };
    let number = |text: &str| text.parse::<u32>().ok().filter(|_| !text.starts_with('+'));
    let mut parts = numbers.split(':');
    let field = FieldCount::new(number(parts.next()?)?, number(parts.next()?)?);
    let field = match parts.next() {
        Some(gametocytes) => field.with_gametocytes(number(gametocytes)?),
        None => field,
    };
    if parts.next().is_some() {
        return None;
    }
    let count = usize::try_from(number(count)?).ok()?;
    Some((count, if rejected { field.rejected() } else { field }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks() {
        let fields = parse_fields("2x10:16 1x!3:4 1x0:16:2").unwrap();
        assert_eq!(fields.len(), 4);
        assert!(!fields[2].is_valid() && fields[1].is_valid());
        assert_eq!(fields[3].gametocytes().get(), 2);
        assert!(parse_fields("").unwrap().is_empty());
    }

    #[test]
    fn other_forms_are_refused() {
        for text in
            ["10:16", "1x10", "1x10:-3", "1x10:16:2:1", "x1:2", "1x:2", "1x+1:2", "-1x1:2", "1x1:99999999999"]
        {
            assert!(parse_fields(text).is_err(), "{text}");
        }
        let kind = parse_fields("2000000x1:1").unwrap_err().kind();
        assert_eq!(kind, ErrorKind::Limit);
    }
}
