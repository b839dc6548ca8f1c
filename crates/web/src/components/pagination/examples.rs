use super::{Pagination, pagination};
use crate::components::Example;

pub fn examples() -> Vec<Example> {
    let of = |page, here| {
        pagination(&Pagination {
            label: here,
            page,
            pages: 7,
            address: "?page=",
            previous: "Page précédente",
            next: "Page suivante",
            here,
        })
    };
    vec![
        Example { name: "première page", markup: of(1, "Page 1 sur 7") },
        Example { name: "au milieu", markup: of(4, "Page 4 sur 7") },
        Example { name: "dernière page", markup: of(7, "Page 7 sur 7") },
    ]
}
