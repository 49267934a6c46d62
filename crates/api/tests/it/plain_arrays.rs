//! Lists that are plain arrays.

use mission_control_core::id::{BoardId, GatewayId, OrganizationId, UserId};
use mission_control_core::limits::{ANSWER, PAGE_BYTES, PLAIN_ARRAY};
use mission_control_core::models::{
    CustomField, CustomFieldType, MarketplaceSkill, OrgRole, Organization, OrganizationMember, SkillPack, Tag,
};
use mission_control_store::{
    StoreResult, Tx, custom_fields, members, organizations, skill_packs, skills, tags,
};
use mission_control_testkit::scratch::Backend;
use rstest::rstest;
use serde_json::{Value, json};

use crate::document::{document, operations};
use crate::scene::Scene;

#[derive(Clone, Copy)]
struct Place {
    user: UserId,
    organization: OrganizationId,
    board: BoardId,
    gateway: GatewayId,
}

struct Array {
    operation: &'static str,
    path: fn(Place) -> String,
    /// How many rows are added, and how long a text of each is: more than one answer holds.
    rows: (usize, usize),
    /// Adds the row of this number, with such a text.
    add: fn(&mut Tx<'_>, Place, String, String) -> StoreResult<()>,
}

/// Few rows with texts that are older than the maxima.
const LARGE: (usize, usize) = (9, PAGE_BYTES as usize / 4);

const ARRAYS: [Array; 5] = [
    Array {
        operation: "agent_tags_list",
        path: |place| format!("/api/v1/agent/boards/{}/tags?", place.board),
        rows: LARGE,
        add: |tx, place, number, text| {
            tags::insert(tx, &Tag::new(place.organization, format!("{number}{text}"), number))
        },
    },
    Array {
        operation: "custom_fields_list",
        path: |_| "/api/v1/organizations/me/custom-fields?".to_owned(),
        rows: LARGE,
        add: |tx, place, number, text| {
            let field = CustomField::new(place.organization, number, CustomFieldType::Text);
            custom_fields::insert(tx, &CustomField { description: Some(text), ..field })
        },
    },
    Array {
        operation: "marketplace_list",
        path: |place| format!("/api/v1/skills/marketplace?gateway_id={}&", place.gateway),
        rows: LARGE,
        add: |tx, place, number, text| {
            let skill =
                MarketplaceSkill::new(place.organization, "skill", format!("https://a.example/{number}"));
            skills::insert(tx, &MarketplaceSkill { description: Some(text), ..skill })
        },
    },
    Array {
        operation: "organizations_list_mine",
        path: |_| "/api/v1/organizations/me/list?".to_owned(),
        // PostgreSQL has no long names in its index.
        rows: (PLAIN_ARRAY as usize + 1, 0),
        add: |tx, place, number, text| {
            let organization = Organization::new(format!("{number}{text}"));
            organizations::insert(tx, &organization)?;
            members::insert(tx, &OrganizationMember::new(organization.id, place.user, OrgRole::Member))
        },
    },
    Array {
        operation: "skill_packs_list",
        path: |_| "/api/v1/skills/packs?".to_owned(),
        rows: LARGE,
        add: |tx, place, number, text| {
            let pack = SkillPack::new(place.organization, "pack", format!("https://a.example/{number}"));
            skill_packs::insert(tx, &SkillPack { description: Some(text), ..pack })
        },
    },
];

/// What a gateway answers, which its connection bounds.
const FROM_A_GATEWAY: &str = "gateway_sessions";

#[test]
fn every_plain_array_says_in_headers_which_part_of_a_list_it_is() {
    let document = document();
    let is_array = |operation: &&Value| {
        operation.pointer("/responses/200/content/application~1json/schema/type") == Some(&"array".into())
    };
    let mut found = Vec::new();
    for operation in operations(&document).filter(is_array) {
        let id = operation["operationId"].as_str().unwrap();
        let answer = &operation["responses"]["200"];
        let schema = &answer["content"]["application/json"]["schema"];
        assert_eq!(
            (&schema["maxItems"], &schema["x-max-bytes"]),
            (&json!(PLAIN_ARRAY), &json!(ANSWER)),
            "{id}"
        );
        for header in ["X-Total-Count", "X-Limit", "X-Offset"] {
            assert!(answer["headers"][header].is_object(), "{id}: {header}");
        }
        for wanted in ["limit", "offset"] {
            let parameters = operation["parameters"].as_array().unwrap();
            assert!(parameters.iter().any(|parameter| parameter["name"] == wanted), "{id}: {wanted}");
        }
        found.push(id);
    }
    found.sort_unstable();
    let mut known: Vec<_> = ARRAYS.iter().map(|array| array.operation).chain([FROM_A_GATEWAY]).collect();
    known.sort_unstable();
    assert_eq!(found, known, "each is walked by the test below");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_plain_array_ends_where_its_texts_become_too_many_and_goes_on_behind(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scene = Scene::start(backend).await;
    let user = scene.server.user();
    let me = user.get("/api/v1/users/me").expect(200).await;
    let place = Place {
        user: me["id"].as_str().unwrap().parse().unwrap(),
        organization: scene.organization,
        board: scene.board,
        gateway: scene.gateway,
    };
    for Array { operation, path, rows: (count, length), add } in ARRAYS {
        let path = path(place);
        let client = if path.contains("/agent/") { &scene.ada.1 } else { &user };
        let before = client.get(&path).expect(200).await.as_array().unwrap().len();
        scene
            .write(move |tx| {
                let text = "t".repeat(length);
                (0..count).try_for_each(|number| add(tx, place, number.to_string(), text.clone()))
            })
            .await;
        let (mut seen, mut parts) = (std::collections::BTreeSet::new(), 0);
        let number = |answer: &mission_control_testkit::client::Answer, name| -> usize {
            answer.header(name).unwrap().parse().unwrap()
        };
        let mut offset = 0;
        while offset < before + count {
            let answer = client.get(&format!("{path}offset={offset}")).send().await;
            assert_eq!(answer.status, 200, "{operation}");
            assert!(answer.body.to_string().len() < 2 * PAGE_BYTES as usize, "{operation}");
            assert_eq!(number(&answer, "x-total-count"), before + count, "{operation}");
            assert_eq!(number(&answer, "x-offset"), offset, "{operation}");
            let items = answer.body.as_array().unwrap();
            seen.extend(items.iter().map(|item| item["id"].as_str().unwrap().to_owned()));
            assert!((1..=number(&answer, "x-limit")).contains(&items.len()), "{operation}");
            (offset, parts) = (offset + items.len(), parts + 1);
        }
        assert_eq!((seen.len(), parts > 1), (before + count, true), "{operation}");
    }
}
