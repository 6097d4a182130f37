//! Counting in long texts: how many characters, or units of another kind, are between two places of a text. A whole
//! corpus may be on one line, so that no count goes from the start of a line.

/// So many bytes are looked through for one count, at most twice.
const STRIDE: usize = 1 << 12;

/// What was counted of a text, every stride.
#[derive(Clone, Debug, Default)]
pub struct Strides {
    counts: Vec<u32>,
}

impl Strides {
    /// Counts `text` by `count`, if any of its lines, which begin at `starts`, is too long to be counted each time.
    pub fn new(text: &str, starts: &[u32], count: impl Fn(&str) -> u32) -> Self {
        let ends = starts.iter().skip(1).copied().chain([text.len() as u32]);
        let is_long = |(start, end): (&u32, u32)| end.saturating_sub(*start) as usize > STRIDE;
        let mut counts = Vec::new();
        if starts.iter().zip(ends).any(is_long) {
            let (mut from, mut counted) = (0, 0);
            for number in 0..=text.len() / STRIDE {
                let to = text.floor_char_boundary(number * STRIDE);
                counted += count(&text[from..to]);
                counts.push(counted);
                from = to;
            }
        }
        Self { counts }
    }

    /// What `count` finds in the same text between two places of one line.
    pub fn between(&self, text: &str, from: usize, to: usize, count: impl Fn(&str) -> u32) -> u32 {
        if to - from <= STRIDE {
            return count(&text[from..to]);
        }
        let before = |place: usize| {
            let number = place / STRIDE;
            let mark = text.floor_char_boundary(number * STRIDE);
            self.counts.get(number).copied().unwrap_or_default() + count(&text[mark..place])
        };
        before(to) - before(from)
    }
}
