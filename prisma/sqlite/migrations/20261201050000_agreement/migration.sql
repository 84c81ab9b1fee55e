CREATE TABLE "agreement" (
    "user_id" INTEGER NOT NULL,
    "version" TEXT NOT NULL,
    "agreed_at" DATETIME NOT NULL,

    PRIMARY KEY ("user_id", "version")
);
