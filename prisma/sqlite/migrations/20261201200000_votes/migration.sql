-- Tables of ballots are WITHOUT ROWID: a row id would tell in which order they were cast.
ALTER TABLE "meeting" ADD COLUMN "open_votes" INTEGER NOT NULL DEFAULT 0;

ALTER TABLE "notice" ADD COLUMN "vote_id" INTEGER;

CREATE TABLE "vote" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "public_id" TEXT NOT NULL,
    "org_id" INTEGER NOT NULL,
    "meeting_id" INTEGER,
    "creator_id" INTEGER NOT NULL,
    "request_id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "detail" TEXT NOT NULL,
    "kind" INTEGER NOT NULL,
    "secret" BOOLEAN NOT NULL,
    "changeable" BOOLEAN NOT NULL DEFAULT false,
    "live" BOOLEAN NOT NULL DEFAULT false,
    "min_choices" INTEGER NOT NULL DEFAULT 1,
    "max_choices" INTEGER NOT NULL DEFAULT 1,
    "rule" INTEGER NOT NULL DEFAULT 0,
    "quorum_percent" INTEGER NOT NULL DEFAULT 0,
    "electorate" INTEGER NOT NULL,
    "state" INTEGER NOT NULL,
    "closes_at" DATETIME,
    "opened_at" DATETIME,
    "closed_at" DATETIME,
    "electors" INTEGER NOT NULL DEFAULT 0,
    "ballots" INTEGER,
    "outcome" INTEGER,
    "reason" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "last_action" TEXT NOT NULL,
    "last_actor_id" INTEGER,
    "created_at" DATETIME NOT NULL,
    "updated_at" DATETIME NOT NULL,
    CONSTRAINT "vote_state_check" CHECK ("state" BETWEEN 0 AND 3),
    CONSTRAINT "vote_kind_check" CHECK ("kind" BETWEEN 0 AND 1),
    CONSTRAINT "vote_choices_check" CHECK ("min_choices" >= 1 AND "min_choices" <= "max_choices" AND "max_choices" <= 20),
    CONSTRAINT "vote_quorum_check" CHECK ("quorum_percent" BETWEEN 0 AND 100),
    CONSTRAINT "vote_secret_check" CHECK (NOT ("secret" AND ("changeable" OR "live"))),
    CONSTRAINT "vote_title_check" CHECK ("title" <> ''),
    CONSTRAINT "vote_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "org" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT "vote_meeting_id_fkey" FOREIGN KEY ("meeting_id") REFERENCES "meeting" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT "vote_creator_id_fkey" FOREIGN KEY ("creator_id") REFERENCES "org_member" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT
);

CREATE TABLE "vote_option" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "public_id" TEXT NOT NULL,
    "vote_id" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "meaning" INTEGER NOT NULL DEFAULT 0,
    CONSTRAINT "vote_option_meaning_check" CHECK ("meaning" BETWEEN 0 AND 3),
    CONSTRAINT "vote_option_vote_id_fkey" FOREIGN KEY ("vote_id") REFERENCES "vote" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT
);

CREATE TABLE "vote_elector" (
    "vote_id" INTEGER NOT NULL,
    "member_id" INTEGER NOT NULL,
    "voted" BOOLEAN NOT NULL DEFAULT false,
    "struck" BOOLEAN NOT NULL DEFAULT false,
    PRIMARY KEY ("vote_id", "member_id"),
    CONSTRAINT "vote_elector_struck_check" CHECK (NOT ("voted" AND "struck")),
    CONSTRAINT "vote_elector_vote_id_fkey" FOREIGN KEY ("vote_id") REFERENCES "vote" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT "vote_elector_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "org_member" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT
) WITHOUT ROWID;

CREATE TABLE "vote_choice" (
    "vote_id" INTEGER NOT NULL,
    "member_id" INTEGER NOT NULL,
    "option_id" INTEGER NOT NULL,
    "cast_at" DATETIME NOT NULL,
    PRIMARY KEY ("vote_id", "member_id", "option_id"),
    CONSTRAINT "vote_choice_vote_id_fkey" FOREIGN KEY ("vote_id") REFERENCES "vote" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT "vote_choice_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "org_member" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT "vote_choice_option_id_fkey" FOREIGN KEY ("option_id") REFERENCES "vote_option" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT
) WITHOUT ROWID;

CREATE TABLE "vote_ballot" (
    "id" TEXT NOT NULL,
    "vote_id" INTEGER NOT NULL,
    "option_id" INTEGER NOT NULL,
    PRIMARY KEY ("id", "option_id"),
    CONSTRAINT "vote_ballot_vote_id_fkey" FOREIGN KEY ("vote_id") REFERENCES "vote" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT "vote_ballot_option_id_fkey" FOREIGN KEY ("option_id") REFERENCES "vote_option" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT
) WITHOUT ROWID;

CREATE INDEX "notice_vote_id_idx" ON "notice"("vote_id");
CREATE UNIQUE INDEX "vote_public_id_key" ON "vote"("public_id");
CREATE UNIQUE INDEX "vote_creator_id_request_id_key" ON "vote"("creator_id", "request_id");
CREATE INDEX "vote_creator_id_idx" ON "vote"("creator_id");
CREATE INDEX "vote_meeting_id_state_idx" ON "vote"("meeting_id", "state");
CREATE INDEX "vote_org_id_state_opened_at_idx" ON "vote"("org_id", "state", "opened_at");
CREATE INDEX "vote_state_closes_at_idx" ON "vote"("state", "closes_at");
CREATE UNIQUE INDEX "vote_option_public_id_key" ON "vote_option"("public_id");
CREATE UNIQUE INDEX "vote_option_vote_id_position_key" ON "vote_option"("vote_id", "position");
CREATE INDEX "vote_elector_member_id_vote_id_idx" ON "vote_elector"("member_id", "vote_id");
CREATE INDEX "vote_choice_member_id_idx" ON "vote_choice"("member_id");
CREATE INDEX "vote_choice_option_id_idx" ON "vote_choice"("option_id");
CREATE INDEX "vote_ballot_vote_id_option_id_idx" ON "vote_ballot"("vote_id", "option_id");
CREATE INDEX "vote_ballot_option_id_idx" ON "vote_ballot"("option_id");
