//! Many rows in one statement.

/// Rows of one statement: so many that of the widest table, too, the values are fewer than a database takes.
pub(crate) const ROWS: usize = 500;

/// Inserts rows, which may be none. Of one row the statement is the same each time, and stays prepared.
macro_rules! insert_all {
    ($conn:expr, $table:path, $rows:expr) => {{
        let (conn, rows): (&mut $crate::conn::Conn, &[_]) = ($conn, $rows);
        rows.chunks($crate::batch::ROWS).try_for_each(|some| {
            let inserted = match (some, &mut *conn) {
                ([row], conn) => diesel::insert_into($table).values(row).execute(conn),
                (_, $crate::conn::Conn::Pg(pg)) => diesel::insert_into($table).values(some).execute(pg),
                (_, $crate::conn::Conn::Sqlite(sqlite)) => {
                    diesel::insert_into($table).values(some).execute(sqlite)
                }
            };
            inserted.map(drop)
        })
    }};
}

pub(crate) use insert_all;
