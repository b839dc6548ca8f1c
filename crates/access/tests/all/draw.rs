//! Anybody asking anything of any file.

use access::{
    Action, Class, Classes, FileState, Function, Period, Purpose, Request, Role, Tie, TieKind,
    Viewer,
};
use base::Moment;

pub struct Dice(u64);

pub struct Drawn {
    pub viewer: Viewer,
    pub ties: Vec<Tie>,
    pub request: Request,
    pub now: Moment,
}

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % n
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }

    /// Times close enough that edges meet often.
    fn moment(&mut self) -> Moment {
        let noon: Moment = "2026-11-22T12:00:00.000Z".parse().unwrap();
        noon.plus_seconds(i64::try_from(self.below(9)).unwrap() * 300)
    }

    fn kind(&mut self) -> TieKind {
        match self.below(9) {
            0 | 1 => TieKind::Member { role: self.pick(Role::ALL), same_team: self.below(2) == 0 },
            2 | 3 => TieKind::Follows(self.pick(Function::ALL)),
            4 => {
                let drawn = (0..3).map(|_| self.pick(Class::ALL)).collect::<Vec<_>>();
                TieKind::Shared(Classes::of(&drawn))
            }
            5 => TieKind::Mandate,
            6 => TieKind::Own,
            7 => TieKind::BreakGlass,
            _ if self.below(4) == 0 => TieKind::Barred,
            _ => TieKind::Author,
        }
    }

    pub fn tie(&mut self) -> Tie {
        let kind = self.kind();
        // Half the ties began long ago, so that many hold.
        let from =
            if self.below(2) == 0 { self.moment().plus_seconds(-9_000) } else { self.moment() };
        let to = (self.below(3) == 0).then(|| self.moment());
        Tie { kind, period: Period { from, to } }
    }

    pub fn draw(&mut self) -> Drawn {
        let n = self.below(5);
        let state = if self.below(2) == 0 { FileState::Open } else { self.pick(FileState::ALL) };
        Drawn {
            viewer: Viewer { second_factor: self.below(8) != 0, proved_at: self.moment() },
            ties: (0..n).map(|_| self.tie()).collect(),
            request: Request {
                action: self.pick(Action::ALL),
                class: self.pick(Class::ALL),
                purpose: self.pick(Purpose::ALL),
                state,
            },
            now: self.moment(),
        }
    }
}
