//! The tables, as diesel sees them: those of `migrations/`, same names and columns on both back ends. A column of the
//! reference that nobody reads here is left out.

/// SQL types that diesel does not have for both back ends.
pub mod sql_types {
    /// `uuid` on PostgreSQL, hyphenated lower-case text on SQLite.
    #[derive(Debug, Clone, Copy, diesel::sql_types::SqlType, diesel::query_builder::QueryId)]
    #[diesel(postgres_type(oid = 2950, array_oid = 2951))]
    #[diesel(sqlite_type(name = "Text"))]
    pub struct Uuid;
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Uuid;

    accounts (user_id) {
        user_id -> Uuid,
        email -> Text,
        password_hash -> Text,
        created_at -> Timestamp,
        password_changed_at -> Timestamp,
        totp_secret -> Nullable<Text>,
        totp_since -> Nullable<Timestamp>,
        totp_step -> Nullable<BigInt>,
        passkeys_since -> Nullable<Timestamp>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Uuid;

    passkeys (id) {
        id -> Uuid,
        user_id -> Uuid,
        credential_id -> Text,
        credential -> Text,
        counter -> BigInt,
        name -> Text,
        created_at -> Timestamp,
        last_used_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Uuid;

    passkey_ceremonies (id) {
        id -> Uuid,
        kind -> Text,
        user_id -> Nullable<Uuid>,
        state -> Text,
        expires_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Uuid;

    recovery_codes (user_id, digest) {
        user_id -> Uuid,
        digest -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Uuid;

    identities (issuer, subject) {
        issuer -> Text,
        subject -> Text,
        user_id -> Uuid,
        created_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Uuid;

    password_resets (user_id) {
        user_id -> Uuid,
        digest -> Text,
        created_at -> Timestamp,
        expires_at -> Timestamp,
        keeps_passkeys -> Bool,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Uuid;

    model_choices (id) {
        id -> Uuid,
        agent_id -> Nullable<Uuid>,
        board_id -> Nullable<Uuid>,
        model -> Nullable<Text>,
        fallbacks -> Json,
        thinking -> Nullable<Text>,
        heartbeat_model -> Nullable<Text>,
        light_context -> Nullable<Bool>,
        active_hours -> Nullable<Json>,
        withdrawn -> Json,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Uuid;

    provider_grants (session_id) {
        session_id -> Uuid,
        refresh_token -> Text,
        due_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Uuid;

    activity_events (id) {
        id -> Uuid,
        event_type -> Text,
        message -> Nullable<Text>,
        agent_id -> Nullable<Uuid>,
        task_id -> Nullable<Uuid>,
        created_at -> Timestamp,
        board_id -> Nullable<Uuid>,
        action -> Nullable<Text>,
        user_id -> Nullable<Uuid>,
        failed -> Bool,
        organization_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Uuid;

    agent_activity_counts (agent_id, day) {
        agent_id -> Uuid,
        day -> Text,
        wakes -> Integer,
        messages -> Integer,
        heartbeats -> Integer,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Uuid;

    agent_files (agent_id, name) {
        agent_id -> Uuid,
        name -> Text,
        sha256 -> Text,
        previous_sha256 -> Nullable<Text>,
        size -> BigInt,
        written_at -> Timestamp,
        edited -> Bool,
        seen_modified_ms -> Nullable<BigInt>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Uuid;

    agent_messages (id) {
        id -> Uuid,
        organization_id -> Uuid,
        agent_id -> Uuid,
        board_id -> Nullable<Uuid>,
        task_id -> Nullable<Uuid>,
        from_agent_id -> Nullable<Uuid>,
        kind -> Text,
        text -> Text,
        state -> Text,
        attempts -> Integer,
        turn -> Integer,
        error -> Nullable<Text>,
        created_at -> Timestamp,
        sent_at -> Nullable<Timestamp>,
        seen_at -> Nullable<Timestamp>,
        failed_at -> Nullable<Timestamp>,
        remedy -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Uuid;

    agent_pauses (agent_id) {
        agent_id -> Uuid,
        paused_at -> Timestamp,
        cause -> Text,
        reason -> Text,
        budget_id -> Nullable<Uuid>,
        window_starts_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Uuid;

    agent_progress (agent_id) {
        agent_id -> Uuid,
        counted_from -> Timestamp,
        stage -> Text,
        approval_id -> Nullable<Uuid>,
        changed_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Uuid;

    agents (id) {
        id -> Uuid,
        board_id -> Nullable<Uuid>,
        name -> Text,
        status -> Text,
        openclaw_session_id -> Nullable<Text>,
        agent_token_hash -> Nullable<Text>,
        heartbeat_config -> Nullable<Json>,
        identity_profile -> Nullable<Json>,
        identity_template -> Nullable<Text>,
        soul_template -> Nullable<Text>,
        provision_requested_at -> Nullable<Timestamp>,
        provision_confirm_token_hash -> Nullable<Text>,
        provision_action -> Nullable<Text>,
        delete_requested_at -> Nullable<Timestamp>,
        last_seen_at -> Nullable<Timestamp>,
        is_board_lead -> Bool,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        gateway_id -> Uuid,
        lifecycle_generation -> Integer,
        wake_attempts -> Integer,
        last_wake_sent_at -> Nullable<Timestamp>,
        checkin_deadline_at -> Nullable<Timestamp>,
        last_provision_error -> Nullable<Text>,
        token_digest -> Nullable<Text>,
        last_message_at -> Nullable<Timestamp>,
        paused_at -> Nullable<Timestamp>,
        paced_every -> Nullable<Text>,
        status_since -> Nullable<Timestamp>,
        offline_cause -> Nullable<Text>,
        last_provision_remedy -> Nullable<Text>,
        offline_remedy -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Uuid;

    api_tokens (id) {
        id -> Uuid,
        organization_id -> Uuid,
        member_id -> Uuid,
        name -> Text,
        digest -> Text,
        scope -> Text,
        board_ids -> Nullable<Json>,
        created_by_user_id -> Nullable<Uuid>,
        created_at -> Timestamp,
        expires_at -> Nullable<Timestamp>,
        last_used_at -> Nullable<Timestamp>,
        last_used_address -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Uuid;

    approval_decisions (id) {
        id -> Uuid,
        approval_id -> Uuid,
        status -> Text,
        user_id -> Nullable<Uuid>,
        reason -> Nullable<Text>,
        created_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Uuid;

    approval_task_links (id) {
        id -> Uuid,
        approval_id -> Uuid,
        task_id -> Uuid,
        created_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Uuid;

    approvals (id) {
        id -> Uuid,
        board_id -> Uuid,
        task_id -> Nullable<Uuid>,
        agent_id -> Nullable<Uuid>,
        action_type -> Text,
        payload -> Nullable<Json>,
        confidence -> Double,
        rubric_scores -> Nullable<Json>,
        status -> Text,
        created_at -> Timestamp,
        resolved_at -> Nullable<Timestamp>,
        resolved_by_user_id -> Nullable<Uuid>,
        decision_reason -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Uuid;

    audit_chains (organization_id) {
        organization_id -> Uuid,
        cut_seq -> BigInt,
        cut_hash -> Text,
        cut_seal -> Nullable<Text>,
        last_seq -> BigInt,
        last_hash -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Uuid;

    audit_log (organization_id, seq) {
        organization_id -> Uuid,
        seq -> BigInt,
        at -> Timestamp,
        actor -> Text,
        actor_id -> Nullable<Uuid>,
        actor_name -> Nullable<Text>,
        token_id -> Nullable<Uuid>,
        address -> Nullable<Text>,
        request_id -> Nullable<Text>,
        action -> Text,
        object_kind -> Nullable<Text>,
        object_id -> Nullable<Text>,
        board_id -> Nullable<Uuid>,
        before_change -> Nullable<Text>,
        after_change -> Nullable<Text>,
        previous_hash -> Text,
        hash -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Uuid;

    board_group_memory (id) {
        id -> Uuid,
        board_group_id -> Uuid,
        content -> Text,
        tags -> Nullable<Json>,
        is_chat -> Bool,
        source -> Nullable<Text>,
        created_at -> Timestamp,
        agent_id -> Nullable<Uuid>,
        user_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Uuid;

    board_breakers (board_id) {
        board_id -> Uuid,
        mode -> Text,
        empty_limit -> Integer,
        weak_limit -> Integer,
        idle_limit -> Integer,
        token_floor -> BigInt,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Uuid;

    board_groups (id) {
        id -> Uuid,
        organization_id -> Uuid,
        name -> Text,
        slug -> Text,
        description -> Nullable<Text>,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Uuid;

    board_memory (id) {
        id -> Uuid,
        board_id -> Uuid,
        content -> Text,
        tags -> Nullable<Json>,
        is_chat -> Bool,
        source -> Nullable<Text>,
        created_at -> Timestamp,
        agent_id -> Nullable<Uuid>,
        user_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Uuid;

    board_onboarding_sessions (id) {
        id -> Uuid,
        board_id -> Uuid,
        session_key -> Text,
        status -> Text,
        messages -> Nullable<Json>,
        draft_goal -> Nullable<Json>,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        draft_version -> Integer,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Uuid;

    board_stale_rules (board_id) {
        board_id -> Uuid,
        rule -> Text,
        after_minutes -> Integer,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Uuid;

    board_task_custom_fields (id) {
        id -> Uuid,
        board_id -> Uuid,
        task_custom_field_definition_id -> Uuid,
        created_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Uuid;

    board_webhook_payloads (id) {
        id -> Uuid,
        board_id -> Uuid,
        webhook_id -> Uuid,
        payload -> Nullable<Json>,
        headers -> Nullable<Json>,
        source_ip -> Nullable<Text>,
        content_type -> Nullable<Text>,
        received_at -> Timestamp,
        event_type -> Nullable<Text>,
        fingerprint -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Uuid;

    board_webhooks (id) {
        id -> Uuid,
        board_id -> Uuid,
        description -> Text,
        enabled -> Bool,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        agent_id -> Nullable<Uuid>,
        secret -> Nullable<Text>,
        signature_header -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Uuid;

    boards (id) {
        id -> Uuid,
        organization_id -> Uuid,
        name -> Text,
        slug -> Text,
        gateway_id -> Nullable<Uuid>,
        board_group_id -> Nullable<Uuid>,
        board_type -> Text,
        objective -> Nullable<Text>,
        success_metrics -> Nullable<Json>,
        target_date -> Nullable<Timestamp>,
        goal_confirmed -> Bool,
        goal_source -> Nullable<Text>,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        description -> Text,
        require_approval_for_done -> Bool,
        require_review_before_done -> Bool,
        block_status_changes_with_pending_approval -> Bool,
        only_lead_can_change_status -> Bool,
        max_agents -> Integer,
        comment_required_for_review -> Bool,
        paused_at -> Nullable<Timestamp>,
        heartbeat_policy -> Text,
        heartbeat_floor -> Nullable<Text>,
        heartbeat_ceiling -> Nullable<Text>,
        task_prefix -> Text,
        last_task_number -> Integer,
        wip_limits -> Nullable<Json>,
        wip_refuses_agents -> Bool,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Uuid;

    board_views (id) {
        id -> Uuid,
        board_id -> Uuid,
        member_id -> Nullable<Uuid>,
        name -> Text,
        filter -> Nullable<Text>,
        sort -> Nullable<Text>,
        group_by -> Nullable<Text>,
        layout -> Text,
        table_columns -> Nullable<Json>,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Uuid;

    budget_windows (budget_id, starts_at) {
        budget_id -> Uuid,
        starts_at -> Timestamp,
        ends_at -> Timestamp,
        used -> BigInt,
        extra -> BigInt,
        stage -> Text,
        approval_id -> Nullable<Uuid>,
        changed_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Uuid;

    budgets (id) {
        id -> Uuid,
        organization_id -> Uuid,
        board_id -> Nullable<Uuid>,
        agent_id -> Nullable<Uuid>,
        metric -> Text,
        period -> Text,
        time_zone -> Text,
        limit_amount -> BigInt,
        warn_percent -> Integer,
        slow_percent -> Integer,
        abort_running -> Bool,
        resume_on_new_window -> Bool,
        enabled -> Bool,
        created_by_user_id -> Nullable<Uuid>,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Uuid;

    comment_mentions (event_id, user_id) {
        event_id -> Uuid,
        user_id -> Uuid,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Uuid;

    device_identities (name) {
        name -> Text,
        device_id -> Text,
        public_key -> Text,
        private_key -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Uuid;

    event_log (seq) {
        seq -> BigInt,
        organization_id -> Nullable<Uuid>,
        board_id -> Nullable<Uuid>,
        kind -> Text,
        payload -> Json,
        created_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Uuid;

    gateway_circuits (gateway_id) {
        gateway_id -> Uuid,
        failures -> Integer,
        open_until -> Nullable<Timestamp>,
        last_error -> Text,
        failing_since -> Timestamp,
        remedy -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Uuid;

    gateway_installed_skills (id) {
        id -> Uuid,
        gateway_id -> Uuid,
        skill_id -> Uuid,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Uuid;

    gateways (id) {
        id -> Uuid,
        organization_id -> Uuid,
        name -> Text,
        url -> Text,
        token -> Nullable<Text>,
        workspace_root -> Text,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        disable_device_pairing -> Bool,
        allow_insecure_tls -> Bool,
        version -> Nullable<Text>,
        protocol -> Nullable<Integer>,
        connection_state -> Text,
        connection_error -> Nullable<Text>,
        connection_checked_at -> Nullable<Timestamp>,
        last_connected_at -> Nullable<Timestamp>,
        device_token -> Nullable<Text>,
        drift_policy -> Text,
        heartbeat_copies -> Nullable<Json>,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    idempotency_keys (id) {
        id -> Text,
        request_digest -> Text,
        answer -> Nullable<Text>,
        locked_until -> Timestamp,
        created_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Uuid;

    inbox_marks (member_id, item) {
        member_id -> Uuid,
        item -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Uuid;

    jobs (id) {
        id -> Uuid,
        kind -> Text,
        payload -> Json,
        lane -> Text,
        group_key -> Nullable<Text>,
        dedupe_key -> Nullable<Text>,
        state -> Text,
        attempts -> Integer,
        max_attempts -> Integer,
        run_at -> Timestamp,
        lease_until -> Nullable<Timestamp>,
        leased_by -> Nullable<Text>,
        progress -> Integer,
        progress_message -> Nullable<Text>,
        result -> Nullable<Json>,
        last_error -> Nullable<Text>,
        organization_id -> Nullable<Uuid>,
        created_at -> Timestamp,
        started_at -> Nullable<Timestamp>,
        finished_at -> Nullable<Timestamp>,
        version -> Integer,
        agent_id -> Nullable<Uuid>,
        board_id -> Nullable<Uuid>,
        gateway_id -> Nullable<Uuid>,
        cancel_requested_at -> Nullable<Timestamp>,
        deaths -> Integer,
        remedy -> Nullable<Text>,
        request_id -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Uuid;

    leases (name) {
        name -> Text,
        holder -> Text,
        expires_at -> Timestamp,
        acquired_at -> Timestamp,
    }
}

diesel::table! {
    log_levels (program) {
        program -> Text,
        filter -> Text,
        set_at -> Timestamp,
        expires_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Uuid;

    marketplace_skills (id) {
        id -> Uuid,
        organization_id -> Uuid,
        name -> Text,
        description -> Nullable<Text>,
        category -> Nullable<Text>,
        risk -> Nullable<Text>,
        source -> Nullable<Text>,
        source_url -> Text,
        metadata -> Json,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Uuid;

    organization_board_access (id) {
        id -> Uuid,
        organization_member_id -> Uuid,
        board_id -> Uuid,
        can_read -> Bool,
        can_write -> Bool,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Uuid;

    organization_invite_board_access (id) {
        id -> Uuid,
        organization_invite_id -> Uuid,
        board_id -> Uuid,
        can_read -> Bool,
        can_write -> Bool,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Uuid;

    organization_invites (id) {
        id -> Uuid,
        organization_id -> Uuid,
        invited_email -> Text,
        token -> Text,
        role -> Text,
        all_boards_read -> Bool,
        all_boards_write -> Bool,
        created_by_user_id -> Nullable<Uuid>,
        accepted_by_user_id -> Nullable<Uuid>,
        accepted_at -> Nullable<Timestamp>,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        expires_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Uuid;

    organization_members (id) {
        id -> Uuid,
        organization_id -> Uuid,
        user_id -> Uuid,
        role -> Text,
        all_boards_read -> Bool,
        all_boards_write -> Bool,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Uuid;

    organizations (id) {
        id -> Uuid,
        name -> Text,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Uuid;

    schedules (name) {
        name -> Text,
        cron -> Text,
        next_run_at -> Timestamp,
        last_run_at -> Nullable<Timestamp>,
        last_job_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Uuid;

    skill_packs (id) {
        id -> Uuid,
        organization_id -> Uuid,
        name -> Text,
        description -> Nullable<Text>,
        source_url -> Text,
        branch -> Text,
        metadata -> Json,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Uuid;

    stale_tasks (task_id) {
        task_id -> Uuid,
        agent_id -> Uuid,
        cause -> Text,
        since -> Timestamp,
        marked_at -> Timestamp,
        approval_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Uuid;

    tag_assignments (id) {
        id -> Uuid,
        task_id -> Uuid,
        tag_id -> Uuid,
        created_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Uuid;

    tags (id) {
        id -> Uuid,
        organization_id -> Uuid,
        name -> Text,
        slug -> Text,
        color -> Text,
        description -> Nullable<Text>,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Uuid;

    task_custom_field_definitions (id) {
        id -> Uuid,
        organization_id -> Uuid,
        field_key -> Text,
        label -> Text,
        field_type -> Text,
        ui_visibility -> Text,
        validation_regex -> Nullable<Text>,
        description -> Nullable<Text>,
        required -> Bool,
        default_value -> Nullable<Json>,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Uuid;

    task_custom_field_values (id) {
        id -> Uuid,
        task_id -> Uuid,
        task_custom_field_definition_id -> Uuid,
        value -> Nullable<Json>,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Uuid;

    task_dependencies (id) {
        id -> Uuid,
        board_id -> Uuid,
        task_id -> Uuid,
        depends_on_task_id -> Uuid,
        created_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Uuid;

    task_fingerprints (id) {
        id -> Uuid,
        board_id -> Uuid,
        fingerprint_hash -> Text,
        task_id -> Uuid,
        created_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Uuid;

    tasks (id) {
        id -> Uuid,
        board_id -> Nullable<Uuid>,
        title -> Text,
        description -> Nullable<Text>,
        status -> Text,
        priority -> Text,
        due_at -> Nullable<Timestamp>,
        in_progress_at -> Nullable<Timestamp>,
        created_by_user_id -> Nullable<Uuid>,
        assigned_agent_id -> Nullable<Uuid>,
        auto_created -> Bool,
        auto_reason -> Nullable<Text>,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        previous_in_progress_at -> Nullable<Timestamp>,
        number -> Integer,
        created_by_agent_id -> Nullable<Uuid>,
        handed_in_by_agent_id -> Nullable<Uuid>,
        rewritten_at -> Nullable<Timestamp>,
        assigned_user_id -> Nullable<Uuid>,
        assigned_at -> Nullable<Timestamp>,
        handed_in_by_user_id -> Nullable<Uuid>,
        rank -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Uuid;

    users (id) {
        id -> Uuid,
        clerk_user_id -> Text,
        email -> Nullable<Text>,
        name -> Nullable<Text>,
        preferred_name -> Nullable<Text>,
        pronouns -> Nullable<Text>,
        timezone -> Nullable<Text>,
        notes -> Nullable<Text>,
        context -> Nullable<Text>,
        is_super_admin -> Bool,
        active_organization_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Uuid;

    web_sessions (id) {
        id -> Uuid,
        user_id -> Uuid,
        cookie_digest -> Text,
        credential_digest -> Text,
        created_at -> Timestamp,
        expires_at -> Timestamp,
        device -> Nullable<Text>,
        last_used_at -> Nullable<Timestamp>,
        last_used_address -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Uuid;

    runs (id) {
        id -> Uuid,
        organization_id -> Uuid,
        gateway_id -> Uuid,
        agent_id -> Uuid,
        board_id -> Nullable<Uuid>,
        task_id -> Nullable<Uuid>,
        message_id -> Nullable<Uuid>,
        session_key -> Text,
        session_id -> Nullable<Text>,
        gateway_run_id -> Nullable<Text>,
        trigger_kind -> Text,
        state -> Text,
        reason -> Nullable<Text>,
        queued_at -> Nullable<Timestamp>,
        started_at -> Nullable<Timestamp>,
        ended_at -> Nullable<Timestamp>,
        last_event_at -> Timestamp,
        provider -> Nullable<Text>,
        model -> Nullable<Text>,
        stop_reason -> Nullable<Text>,
        error -> Nullable<Text>,
        events_complete -> Bool,
        calls -> Integer,
        tool_calls -> Integer,
        input_tokens -> BigInt,
        output_tokens -> BigInt,
        cache_read_tokens -> BigInt,
        cache_write_tokens -> BigInt,
        cost_micros -> Nullable<BigInt>,
        created_at -> Timestamp,
        verdict -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Uuid;

    run_steps (run_id, step_key) {
        run_id -> Uuid,
        step_key -> Text,
        position -> Integer,
        kind -> Text,
        name -> Text,
        arguments -> Nullable<Text>,
        output_tail -> Nullable<Text>,
        state -> Text,
        exit_code -> Nullable<BigInt>,
        started_at -> Nullable<Timestamp>,
        ended_at -> Nullable<Timestamp>,
        duration_ms -> Nullable<BigInt>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Uuid;

    exec_approvals (id) {
        id -> Uuid,
        organization_id -> Uuid,
        gateway_id -> Uuid,
        gateway_approval_id -> Text,
        approval_id -> Nullable<Uuid>,
        agent_id -> Uuid,
        board_id -> Nullable<Uuid>,
        task_id -> Nullable<Uuid>,
        run_id -> Nullable<Uuid>,
        session_key -> Text,
        command -> Text,
        cwd -> Nullable<Text>,
        host -> Nullable<Text>,
        resolved_path -> Nullable<Text>,
        warning -> Nullable<Text>,
        allowed_decisions -> Json,
        state -> Text,
        decision -> Nullable<Text>,
        wanted_decision -> Nullable<Text>,
        decided_by -> Nullable<Text>,
        decided_by_user_id -> Nullable<Uuid>,
        reason -> Nullable<Text>,
        error -> Nullable<Text>,
        created_at -> Timestamp,
        expires_at -> Timestamp,
        resolved_at -> Nullable<Timestamp>,
        policy_id -> Nullable<Uuid>,
        is_single_command -> Nullable<Bool>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Uuid;

    exec_policies (id) {
        id -> Uuid,
        organization_id -> Uuid,
        board_id -> Nullable<Uuid>,
        agent_id -> Nullable<Uuid>,
        host -> Nullable<Text>,
        pattern -> Text,
        matching -> Text,
        effect -> Text,
        reason -> Nullable<Text>,
        author_user_id -> Nullable<Uuid>,
        created_at -> Timestamp,
        expires_at -> Nullable<Timestamp>,
        revoked_at -> Nullable<Timestamp>,
        revoked_by_user_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Uuid;

    usage_entries (id) {
        id -> Uuid,
        organization_id -> Uuid,
        gateway_id -> Uuid,
        source_key -> Text,
        agent_id -> Uuid,
        board_id -> Nullable<Uuid>,
        task_id -> Nullable<Uuid>,
        run_id -> Nullable<Uuid>,
        session_id -> Text,
        occurred_at -> Timestamp,
        day -> Text,
        provider -> Text,
        model -> Text,
        response_id -> Nullable<Text>,
        calls -> Integer,
        input_tokens -> BigInt,
        output_tokens -> BigInt,
        cache_read_tokens -> BigInt,
        cache_write_tokens -> BigInt,
        cost_micros -> Nullable<BigInt>,
    }
}

diesel::joinable!(activity_events -> agents (agent_id));
diesel::joinable!(activity_events -> boards (board_id));
diesel::joinable!(activity_events -> tasks (task_id));
diesel::joinable!(agent_activity_counts -> agents (agent_id));
diesel::joinable!(agent_files -> agents (agent_id));
diesel::joinable!(agent_pauses -> agents (agent_id));
diesel::joinable!(agent_progress -> agents (agent_id));
diesel::joinable!(agents -> boards (board_id));
diesel::joinable!(agents -> gateways (gateway_id));
diesel::joinable!(api_tokens -> organization_members (member_id));
diesel::joinable!(approval_decisions -> approvals (approval_id));
diesel::joinable!(approval_task_links -> approvals (approval_id));
diesel::joinable!(approval_task_links -> tasks (task_id));
diesel::joinable!(approvals -> agents (agent_id));
diesel::joinable!(approvals -> boards (board_id));
diesel::joinable!(approvals -> tasks (task_id));
diesel::joinable!(board_group_memory -> board_groups (board_group_id));
diesel::joinable!(board_groups -> organizations (organization_id));
diesel::joinable!(board_memory -> boards (board_id));
diesel::joinable!(board_onboarding_sessions -> boards (board_id));
diesel::joinable!(board_stale_rules -> boards (board_id));
diesel::joinable!(board_task_custom_fields -> boards (board_id));
diesel::joinable!(board_task_custom_fields -> task_custom_field_definitions (task_custom_field_definition_id));
diesel::joinable!(board_webhook_payloads -> board_webhooks (webhook_id));
diesel::joinable!(board_webhook_payloads -> boards (board_id));
diesel::joinable!(board_webhooks -> agents (agent_id));
diesel::joinable!(board_webhooks -> boards (board_id));
diesel::joinable!(boards -> board_groups (board_group_id));
diesel::joinable!(boards -> gateways (gateway_id));
diesel::joinable!(boards -> organizations (organization_id));
diesel::joinable!(budget_windows -> budgets (budget_id));
diesel::joinable!(gateway_installed_skills -> gateways (gateway_id));
diesel::joinable!(gateway_installed_skills -> marketplace_skills (skill_id));
diesel::joinable!(gateways -> organizations (organization_id));
diesel::joinable!(marketplace_skills -> organizations (organization_id));
diesel::joinable!(organization_board_access -> boards (board_id));
diesel::joinable!(organization_board_access -> organization_members (organization_member_id));
diesel::joinable!(organization_invite_board_access -> boards (board_id));
diesel::joinable!(organization_invite_board_access -> organization_invites (organization_invite_id));
diesel::joinable!(organization_invites -> organizations (organization_id));
diesel::joinable!(organization_members -> organizations (organization_id));
diesel::joinable!(organization_members -> users (user_id));
diesel::joinable!(run_steps -> runs (run_id));
diesel::joinable!(skill_packs -> organizations (organization_id));
diesel::joinable!(stale_tasks -> tasks (task_id));
diesel::joinable!(tag_assignments -> tags (tag_id));
diesel::joinable!(tag_assignments -> tasks (task_id));
diesel::joinable!(tags -> organizations (organization_id));
diesel::joinable!(task_custom_field_definitions -> organizations (organization_id));
diesel::joinable!(task_custom_field_values -> task_custom_field_definitions (task_custom_field_definition_id));
diesel::joinable!(task_custom_field_values -> tasks (task_id));
diesel::joinable!(task_dependencies -> boards (board_id));
diesel::joinable!(task_fingerprints -> boards (board_id));
diesel::joinable!(task_fingerprints -> tasks (task_id));
diesel::joinable!(tasks -> agents (assigned_agent_id));
diesel::joinable!(tasks -> boards (board_id));
diesel::joinable!(tasks -> users (created_by_user_id));
diesel::joinable!(users -> organizations (active_organization_id));
diesel::joinable!(accounts -> users (user_id));
diesel::joinable!(identities -> users (user_id));
diesel::joinable!(password_resets -> users (user_id));
diesel::joinable!(passkeys -> users (user_id));
diesel::joinable!(web_sessions -> users (user_id));
diesel::joinable!(provider_grants -> web_sessions (session_id));

diesel::allow_columns_to_appear_in_same_group_by_clause!(approval_task_links::task_id, approvals::status);

diesel::allow_tables_to_appear_in_same_query!(
    accounts,
    activity_events,
    agent_activity_counts,
    agent_files,
    agent_messages,
    agent_pauses,
    agent_progress,
    agents,
    api_tokens,
    approval_decisions,
    approval_task_links,
    approvals,
    audit_chains,
    audit_log,
    board_breakers,
    board_group_memory,
    board_groups,
    board_memory,
    board_onboarding_sessions,
    board_stale_rules,
    board_task_custom_fields,
    board_views,
    board_webhook_payloads,
    board_webhooks,
    boards,
    budget_windows,
    budgets,
    comment_mentions,
    device_identities,
    event_log,
    exec_approvals,
    exec_policies,
    gateway_circuits,
    gateway_installed_skills,
    gateways,
    idempotency_keys,
    inbox_marks,
    jobs,
    leases,
    log_levels,
    marketplace_skills,
    organization_board_access,
    organization_invite_board_access,
    organization_invites,
    organization_members,
    organizations,
    identities,
    passkey_ceremonies,
    passkeys,
    model_choices,
    password_resets,
    provider_grants,
    recovery_codes,
    run_steps,
    runs,
    schedules,
    skill_packs,
    stale_tasks,
    tag_assignments,
    tags,
    task_custom_field_definitions,
    task_custom_field_values,
    task_dependencies,
    task_fingerprints,
    tasks,
    usage_entries,
    users,
    web_sessions,
);
