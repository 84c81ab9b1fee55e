CREATE TABLE "outbox" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "topic" TEXT NOT NULL,
    "dedupe_key" TEXT NOT NULL,
    "meeting_id" INTEGER,
    "member_id" INTEGER,
    "payload" TEXT NOT NULL,
    "available_at" DATETIME NOT NULL,
    "deadline_at" DATETIME NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "claimed_by" TEXT,
    "claimed_until" DATETIME,
    "state" INTEGER NOT NULL DEFAULT 0,
    "result" TEXT,
    "created_at" DATETIME NOT NULL,
    CONSTRAINT "outbox_state_check" CHECK ("state" BETWEEN 0 AND 3)
);

CREATE UNIQUE INDEX "outbox_dedupe_key_key" ON "outbox"("dedupe_key");
CREATE INDEX "outbox_state_available_at_idx" ON "outbox"("state", "available_at");
CREATE INDEX "outbox_meeting_id_member_id_idx" ON "outbox"("meeting_id", "member_id");
CREATE INDEX "outbox_member_id_idx" ON "outbox"("member_id");

ALTER TABLE "meeting" ADD COLUMN "start_told_for" DATETIME;
