CREATE TABLE "room" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "public_id" TEXT NOT NULL,
    "org_id" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "place" TEXT NOT NULL DEFAULT '',
    "capacity" INTEGER NOT NULL,
    "equipment" TEXT NOT NULL DEFAULT '',
    "needs_approval" BOOLEAN NOT NULL DEFAULT false,
    "opens_min" INTEGER NOT NULL DEFAULT 0,
    "closes_min" INTEGER NOT NULL DEFAULT 1440,
    "max_min" INTEGER NOT NULL DEFAULT 1440,
    "disabled_at" DATETIME,
    "version" INTEGER NOT NULL DEFAULT 1,
    CONSTRAINT "room_name_check" CHECK ("name" <> ''),
    CONSTRAINT "room_hours_check" CHECK ("opens_min" >= 0 AND "opens_min" < "closes_min" AND "closes_min" <= 1440),
    CONSTRAINT "room_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "org" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT
);

CREATE TABLE "meeting" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "public_id" TEXT NOT NULL,
    "org_id" INTEGER NOT NULL,
    "request_id" TEXT NOT NULL,
    "creator_id" INTEGER NOT NULL,
    "host_id" INTEGER NOT NULL,
    "recorder_id" INTEGER,
    "auditor_id" INTEGER,
    "state" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "agenda" TEXT NOT NULL,
    "location" TEXT NOT NULL DEFAULT '',
    "room_id" INTEGER,
    "starts_at" DATETIME NOT NULL,
    "ends_at" DATETIME NOT NULL,
    "started_at" DATETIME,
    "ended_at" DATETIME,
    "submitted_at" DATETIME,
    "decided_at" DATETIME,
    "reminded_at" DATETIME,
    "reason" TEXT,
    "sequence" INTEGER NOT NULL DEFAULT 0,
    "people" INTEGER NOT NULL DEFAULT 0,
    "version" INTEGER NOT NULL DEFAULT 1,
    "last_action" TEXT NOT NULL,
    "last_actor_id" INTEGER,
    "created_at" DATETIME NOT NULL,
    "updated_at" DATETIME NOT NULL,
    CONSTRAINT "meeting_state_check" CHECK ("state" IN (0, 1, 2, 3, 4, 5, 7)),
    CONSTRAINT "meeting_span_check" CHECK ("starts_at" < "ends_at"),
    CONSTRAINT "meeting_title_check" CHECK ("title" <> ''),
    CONSTRAINT "meeting_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "org" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT "meeting_creator_id_fkey" FOREIGN KEY ("creator_id") REFERENCES "org_member" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT "meeting_host_id_fkey" FOREIGN KEY ("host_id") REFERENCES "org_member" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT "meeting_recorder_id_fkey" FOREIGN KEY ("recorder_id") REFERENCES "org_member" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT "meeting_auditor_id_fkey" FOREIGN KEY ("auditor_id") REFERENCES "org_member" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT "meeting_room_id_fkey" FOREIGN KEY ("room_id") REFERENCES "room" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT
);

CREATE TABLE "meeting_participant" (
    "meeting_id" INTEGER NOT NULL,
    "member_id" INTEGER NOT NULL,
    "role" INTEGER NOT NULL,
    "reply" INTEGER NOT NULL DEFAULT 0,
    "reply_reason" TEXT,
    "replied_at" DATETIME,
    "seen_at" DATETIME,
    "starts_at" DATETIME NOT NULL,
    PRIMARY KEY ("meeting_id", "member_id"),
    CONSTRAINT "meeting_participant_role_check" CHECK ("role" BETWEEN 0 AND 3),
    CONSTRAINT "meeting_participant_reply_check" CHECK ("reply" BETWEEN 0 AND 2),
    CONSTRAINT "meeting_participant_meeting_id_fkey" FOREIGN KEY ("meeting_id") REFERENCES "meeting" ("id") ON DELETE CASCADE ON UPDATE RESTRICT,
    CONSTRAINT "meeting_participant_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "org_member" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT
);

CREATE TABLE "room_slot" (
    "room_id" INTEGER NOT NULL,
    "slot" INTEGER NOT NULL,
    "meeting_id" INTEGER NOT NULL,
    PRIMARY KEY ("room_id", "slot")
) WITHOUT ROWID;

CREATE TABLE "notice" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "org_id" INTEGER NOT NULL,
    "member_id" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "meeting_id" INTEGER,
    "once_key" TEXT NOT NULL,
    "params" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "read_at" DATETIME,
    CONSTRAINT "notice_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "org_member" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT
);

CREATE UNIQUE INDEX "room_public_id_key" ON "room"("public_id");
CREATE UNIQUE INDEX "room_org_id_name_key" ON "room"("org_id", "name");
CREATE UNIQUE INDEX "meeting_public_id_key" ON "meeting"("public_id");
CREATE UNIQUE INDEX "meeting_creator_id_request_id_key" ON "meeting"("creator_id", "request_id");
CREATE INDEX "meeting_org_id_starts_at_idx" ON "meeting"("org_id", "starts_at");
CREATE INDEX "meeting_host_id_starts_at_idx" ON "meeting"("host_id", "starts_at");
CREATE INDEX "meeting_auditor_id_state_submitted_at_idx" ON "meeting"("auditor_id", "state", "submitted_at");
CREATE INDEX "meeting_state_starts_at_idx" ON "meeting"("state", "starts_at");
CREATE INDEX "meeting_state_ends_at_idx" ON "meeting"("state", "ends_at");
CREATE INDEX "meeting_room_id_starts_at_idx" ON "meeting"("room_id", "starts_at");
CREATE INDEX "meeting_recorder_id_idx" ON "meeting"("recorder_id");
CREATE INDEX "meeting_participant_member_id_starts_at_meeting_id_idx" ON "meeting_participant"("member_id", "starts_at", "meeting_id");
CREATE INDEX "room_slot_meeting_id_idx" ON "room_slot"("meeting_id");
CREATE UNIQUE INDEX "notice_member_id_once_key_key" ON "notice"("member_id", "once_key");
CREATE INDEX "notice_member_id_at_idx" ON "notice"("member_id", "at");
CREATE INDEX "notice_member_id_read_at_idx" ON "notice"("member_id", "read_at");
CREATE INDEX "notice_meeting_id_idx" ON "notice"("meeting_id");
CREATE INDEX "notice_at_idx" ON "notice"("at");
