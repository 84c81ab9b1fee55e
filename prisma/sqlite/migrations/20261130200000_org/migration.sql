CREATE TABLE "org" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "public_id" TEXT NOT NULL,
    "appid" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL DEFAULT 'Asia/Shanghai',
    "approval" INTEGER NOT NULL DEFAULT 0,
    "member_may_convene" BOOLEAN NOT NULL DEFAULT true,
    "late_after_min" INTEGER NOT NULL DEFAULT 5,
    "check_in_opens_min" INTEGER NOT NULL DEFAULT 30,
    "remind_min" INTEGER NOT NULL DEFAULT 15,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" DATETIME NOT NULL,
    "closed_at" DATETIME,
    CONSTRAINT "org_appid_check" CHECK ("appid" <> ''),
    CONSTRAINT "org_name_check" CHECK ("name" <> ''),
    CONSTRAINT "org_approval_check" CHECK ("approval" BETWEEN 0 AND 2)
);

CREATE TABLE "department" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "public_id" TEXT NOT NULL,
    "org_id" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "sort" INTEGER NOT NULL DEFAULT 0,
    "version" INTEGER NOT NULL DEFAULT 1,
    CONSTRAINT "department_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "org" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT
);

CREATE TABLE "org_invitation" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "public_id" TEXT NOT NULL,
    "org_id" INTEGER NOT NULL,
    "token_hash" TEXT NOT NULL,
    "department_id" INTEGER,
    "needs_approval" BOOLEAN NOT NULL,
    "max_uses" INTEGER NOT NULL,
    "uses" INTEGER NOT NULL DEFAULT 0,
    "expires_at" DATETIME NOT NULL,
    "revoked_at" DATETIME,
    "created_by" INTEGER,
    "created_at" DATETIME NOT NULL,
    CONSTRAINT "org_invitation_uses_check" CHECK ("uses" BETWEEN 0 AND "max_uses"),
    CONSTRAINT "org_invitation_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "org" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT "org_invitation_department_id_fkey" FOREIGN KEY ("department_id") REFERENCES "department" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT
);

CREATE TABLE "org_member" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "public_id" TEXT NOT NULL,
    "org_id" INTEGER NOT NULL,
    "user_id" INTEGER,
    "status" INTEGER NOT NULL,
    "role" INTEGER NOT NULL DEFAULT 0,
    "name" TEXT NOT NULL,
    "title" TEXT NOT NULL DEFAULT '',
    "department_id" INTEGER,
    "phone_hash" TEXT,
    "phone_last4" TEXT,
    "invitation_id" INTEGER,
    "decided_by" INTEGER,
    "decided_at" DATETIME,
    "decision_reason" TEXT,
    "requested_at" DATETIME,
    "joined_at" DATETIME,
    "left_at" DATETIME,
    "version" INTEGER NOT NULL DEFAULT 1,
    CONSTRAINT "org_member_status_check" CHECK ("status" BETWEEN 0 AND 5),
    CONSTRAINT "org_member_role_check" CHECK ("role" BETWEEN 0 AND 3),
    CONSTRAINT "org_member_expected_check" CHECK ("status" = 0 OR "status" = 4 OR "user_id" IS NOT NULL),
    CONSTRAINT "org_member_phone_check" CHECK (("phone_hash" IS NULL) = ("phone_last4" IS NULL)),
    CONSTRAINT "org_member_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "org" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT "org_member_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "wx_user" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT "org_member_department_id_fkey" FOREIGN KEY ("department_id") REFERENCES "department" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT "org_member_invitation_id_fkey" FOREIGN KEY ("invitation_id") REFERENCES "org_invitation" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT
);

CREATE TABLE "audit_event" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "org_id" INTEGER NOT NULL,
    "at" DATETIME NOT NULL,
    "actor_id" INTEGER,
    "kind" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "detail" TEXT NOT NULL DEFAULT '',
    "request_id" TEXT NOT NULL
);

CREATE UNIQUE INDEX "org_public_id_key" ON "org"("public_id");
CREATE INDEX "org_appid_name_idx" ON "org"("appid", "name");
CREATE UNIQUE INDEX "department_public_id_key" ON "department"("public_id");
CREATE UNIQUE INDEX "department_org_id_name_key" ON "department"("org_id", "name");
CREATE UNIQUE INDEX "org_invitation_public_id_key" ON "org_invitation"("public_id");
CREATE UNIQUE INDEX "org_invitation_token_hash_key" ON "org_invitation"("token_hash");
CREATE INDEX "org_invitation_org_id_created_at_idx" ON "org_invitation"("org_id", "created_at");
CREATE INDEX "org_invitation_department_id_idx" ON "org_invitation"("department_id");
CREATE UNIQUE INDEX "org_member_public_id_key" ON "org_member"("public_id");
CREATE UNIQUE INDEX "org_member_org_id_user_id_key" ON "org_member"("org_id", "user_id");
CREATE UNIQUE INDEX "org_member_org_id_phone_hash_key" ON "org_member"("org_id", "phone_hash");
CREATE INDEX "org_member_user_id_status_idx" ON "org_member"("user_id", "status");
CREATE INDEX "org_member_org_id_status_name_idx" ON "org_member"("org_id", "status", "name");
CREATE INDEX "org_member_department_id_idx" ON "org_member"("department_id");
CREATE INDEX "org_member_invitation_id_idx" ON "org_member"("invitation_id");
CREATE INDEX "audit_event_org_id_at_idx" ON "audit_event"("org_id", "at");
CREATE INDEX "audit_event_subject_at_idx" ON "audit_event"("subject", "at");
