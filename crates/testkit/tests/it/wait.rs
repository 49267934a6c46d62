use std::{cell::Cell, time::Duration};

use mission_control_testkit::wait::wait_until;

#[tokio::test]
async fn waiting_ends_with_the_first_thing_found() {
    let looks = Cell::new(0);
    let found = wait_until("the third look", Duration::from_secs(5), || {
        looks.set(looks.get() + 1);
        let look = looks.get();
        async move { (look == 3).then_some(look) }
    });
    assert_eq!(found.await, 3);
}

#[tokio::test]
#[should_panic(expected = "still waiting for a miracle after 50ms")]
async fn waiting_in_vain_names_what_was_waited_for() {
    wait_until("a miracle", Duration::from_millis(50), || async { None::<()> }).await;
}
