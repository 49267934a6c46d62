//! A person's task reaches an agent of a real gateway, also when the gateway is away meanwhile.

use mission_control_testkit::openclaw::{Answer, OpenClaw, Options, Rule, Version};
use mission_control_testkit::wait::wait_until;
use serde_json::{Value, json};

use crate::product::{PATIENCE, Product, done, id_of, named};

#[tokio::test]
async fn a_person_assigns_a_task_and_the_agents_own_command_comments_on_it_whatever_the_gateway_does_meanwhile()
 {
    let gateway = match OpenClaw::start(Version::V2026_9_6, Options::default()).await {
        Ok(gateway) => gateway,
        Err(skip) => return skip.report(),
    };
    let mut office = Office::open(gateway).await;
    office.a_board_is_onboarded_and_gets_its_lead().await;
    let scout = office.an_agent_joins().await;
    office.an_assigned_task_is_commented_on(&scout).await;
    office.a_task_assigned_while_the_gateway_is_away_waits_for_it(&scout).await;
}

struct Office {
    product: Product,
    gateway: OpenClaw,
    board: String,
}

impl Office {
    async fn open(gateway: OpenClaw) -> Self {
        let product = Product::scaled_out().await;
        let registration = product.register(&gateway.url(), gateway.token(), &gateway.state_dir());
        let gateway_id = id_of(&done(registration).await);
        product.online("the main agent", |agent| agent["is_gateway_main"] == true).await;
        let board = product.create_board(&gateway_id).await;
        Self { product, gateway, board }
    }

    fn of_board(&self, path: &str) -> String {
        format!("/api/v1/boards/{}/{path}", self.board)
    }

    /// What an agent does when it reads `text`: a request with its own token.
    fn answers(&self, text: &str, path: &str, body: &Value) -> Rule {
        let command = format!(
            "curl -sS -m 10 -X POST \"$BASE_URL{path}\" -H \"X-Agent-Token: $AUTH_TOKEN\" \
             -H 'Content-Type: application/json' -d '{body}'"
        );
        Rule::on(text, Answer::Run(command))
    }

    async fn a_board_is_onboarded_and_gets_its_lead(&self) {
        let path = format!("/api/v1/agent/boards/{}/onboarding", self.board);
        let proposal = json!({
            "status": "complete", "board_type": "goal", "objective": "Ships leave on time",
            "success_metrics": {"late": 0}, "lead_agent": {"name": "Ava"},
        });
        self.gateway.model().set_rules([self.answers("BOARD ONBOARDING", &path, &proposal)]);
        done(self.product.admin.post(&self.of_board("onboarding/start"), json!({}))).await;
        let onboarding = self.of_board("onboarding");
        wait_until("a proposal", PATIENCE, async || {
            let now = self.product.admin.get(&onboarding).expect(200).await;
            (now["status"] == "completed").then_some(())
        })
        .await;
        let goal =
            json!({"board_type": "goal", "objective": "Ships leave on time", "success_metrics": {"late": 0}});
        done(self.product.admin.post(&self.of_board("onboarding/confirm"), goal)).await;
        let lead = self.product.online("the lead", |agent| agent["is_board_lead"] == true).await;
        assert_eq!(lead["name"], "Ava");
    }

    async fn an_agent_joins(&self) -> String {
        let scout = json!({"name": "Scout", "board_id": self.board});
        done(self.product.admin.post("/api/v1/agents", scout)).await;
        id_of(&self.product.online("Scout", named("Scout")).await)
    }

    /// A task without an owner; the agent that gets it will comment on it.
    async fn task(&self, title: &str, comment: &str) -> String {
        let task = json!({"title": title});
        let id = id_of(&self.product.admin.post(&self.of_board("tasks"), task).expect(200).await);
        let path = format!("/api/v1/agent/boards/{}/tasks/{id}/comments", self.board);
        self.gateway.model().set_rules([self.answers(
            &format!("TASK ASSIGNED\nBoard: Harbour\nTask: {title}"),
            &path,
            &json!({"message": comment}),
        )]);
        id
    }

    async fn assign(&self, task: &str, agent: &str) {
        let assignment = json!({"assigned_agent_id": agent});
        self.product.admin.patch(&self.of_board(&format!("tasks/{task}")), assignment).expect(200).await;
    }

    async fn commented(&self, task: &str, agent: &str, comment: &str) {
        let path = self.of_board(&format!("tasks/{task}/comments"));
        wait_until("the agent's comment", PATIENCE, async || {
            let comments = self.product.list(&path).await;
            comments.iter().any(|said| said["message"] == comment && said["agent_id"] == agent).then_some(())
        })
        .await;
    }

    /// The receipt of the assignment of a task, once it is so.
    async fn receipt(&self, what: &str, agent: &str, task: &str, fits: impl Fn(&Value) -> bool) -> Value {
        let path = format!("/api/v1/agents/{agent}/messages?task_id={task}");
        wait_until(what, PATIENCE, async || {
            let messages = self.product.list(&path).await;
            messages.into_iter().find(|message| message["kind"] == "assignment" && fits(message))
        })
        .await
    }

    async fn an_assigned_task_is_commented_on(&self, agent: &str) {
        let task = self.task("Count the crates", "Forty-two.").await;
        self.assign(&task, agent).await;
        self.commented(&task, agent, "Forty-two.").await;
        let seen = self.receipt("the message to be seen", agent, &task, |it| it["state"] == "seen").await;
        assert!(seen["sent_at"].is_string() && seen["error"].is_null(), "{seen}");
    }

    async fn a_task_assigned_while_the_gateway_is_away_waits_for_it(&mut self, agent: &str) {
        let task = self.task("Count the barrels", "Seven.").await;
        self.gateway.stop();
        self.assign(&task, agent).await;
        let waits = |message: &Value| message["state"] == "queued" && message["error"].is_string();
        self.receipt("the message to wait", agent, &task, waits).await;

        self.gateway.start_again().await;
        let arrived = |message: &Value| matches!(message["state"].as_str(), Some("sent" | "seen"));
        let sent = self.receipt("the message to be sent", agent, &task, arrived).await;
        assert!(sent["attempts"].as_i64() > Some(1) && sent["sent_at"].is_string(), "{sent}");
        self.commented(&task, agent, "Seven.").await;
        self.receipt("the message to be seen", agent, &task, |it| it["state"] == "seen").await;
    }
}
