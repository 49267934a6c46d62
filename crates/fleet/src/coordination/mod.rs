//! What agents ask of one another: leads nudge and shape the agents of their board and reach people through the
//! gateway's main agent; the main agent speaks to the leads. Whoever asks waits until the gateway has it, or hears at
//! once why not.

mod ask_user;
mod asked;
mod leads;
mod nudge;
mod soul;
mod text;

pub use ask_user::ask_user;
pub use asked::{Kind, LeadMessage, UserQuestion};
pub use leads::{Delivery, broadcast, message_lead};
pub use nudge::nudge;
pub use soul::{NewSoul, read_soul, write_soul};
