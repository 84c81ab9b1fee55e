CREATE TABLE "operator_audit" (
    "seq" INTEGER NOT NULL PRIMARY KEY,
    "at" DATETIME NOT NULL,
    "operator" TEXT NOT NULL,
    "system_user" TEXT NOT NULL,
    "act" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "detail" TEXT NOT NULL,
    "prev_hash" TEXT NOT NULL,
    "hash" TEXT NOT NULL
);
CREATE INDEX "operator_audit_subject_at_idx" ON "operator_audit"("subject", "at");
