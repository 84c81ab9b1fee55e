-- What operators did. Each row carries the hash of the one before it, so that a row that was changed, removed
-- or put elsewhere shows; `oa audit verify` looks.
CREATE TABLE `operator_audit` (
    `seq` INTEGER NOT NULL,
    `at` DATETIME(3) NOT NULL,
    `operator` VARCHAR(64) NOT NULL,
    `system_user` VARCHAR(64) NOT NULL,
    `act` VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    `outcome` VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    `subject` VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    `detail` VARCHAR(4000) NOT NULL,
    `prev_hash` CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    `hash` CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,

    INDEX `operator_audit_subject_at_idx`(`subject`, `at`),
    PRIMARY KEY (`seq`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;
