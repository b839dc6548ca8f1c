//! Which months and years the questions are about, for the month studied.

use base::Month;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// The month whose rights are computed.
    pub month: Month,
}

impl Period {
    /// Monthly amounts are asked back to here: the housing aid reads thirteen months and the year before.
    pub fn amounts_from(self) -> Month {
        Month::of(self.month.year() - 1, 1)
    }

    /// Benefits received are asked back to here: the quarter of reference starts four months before.
    pub fn benefits_from(self) -> Month {
        self.month.plus(-4)
    }

    /// The year of the tax notice family benefits look at.
    pub fn tax_year(self) -> i32 {
        self.month.year() - 2
    }

    /// The quarter of reference starts in the year before: it also looks one tax year further back.
    pub fn earlier_tax_year(self) -> Option<i32> {
        let year = self.benefits_from().year() - 2;
        (year != self.tax_year()).then_some(year)
    }

    /// The earliest month any question reaches.
    pub fn everything_from(self) -> Month {
        Month::of(self.earlier_tax_year().unwrap_or(self.tax_year()), 1)
    }
}
