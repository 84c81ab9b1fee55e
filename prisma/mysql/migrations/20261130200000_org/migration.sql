-- Companies, their people, and how people come in. Names compare as people read them; tokens, hashes and
-- ids byte for byte.
CREATE TABLE `org` (
    `id` INTEGER NOT NULL AUTO_INCREMENT,
    `public_id` CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    `appid` VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    `name` VARCHAR(60) NOT NULL,
    `time_zone` VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'Asia/Shanghai',
    `approval` TINYINT NOT NULL DEFAULT 0,
    `member_may_convene` BOOLEAN NOT NULL DEFAULT true,
    `late_after_min` INTEGER NOT NULL DEFAULT 5,
    `check_in_opens_min` INTEGER NOT NULL DEFAULT 30,
    `remind_min` INTEGER NOT NULL DEFAULT 15,
    `version` INTEGER NOT NULL DEFAULT 1,
    `created_at` DATETIME(3) NOT NULL,
    `closed_at` DATETIME(3) NULL,

    PRIMARY KEY (`id`),
    UNIQUE INDEX `org_public_id_key`(`public_id`),
    INDEX `org_appid_name_idx`(`appid`, `name`),
    CONSTRAINT `org_appid_check` CHECK (`appid` <> ''),
    CONSTRAINT `org_name_check` CHECK (`name` <> ''),
    CONSTRAINT `org_approval_check` CHECK (`approval` BETWEEN 0 AND 2)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;

CREATE TABLE `department` (
    `id` INTEGER NOT NULL AUTO_INCREMENT,
    `public_id` CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    `org_id` INTEGER NOT NULL,
    `name` VARCHAR(40) NOT NULL,
    `sort` INTEGER NOT NULL DEFAULT 0,
    `version` INTEGER NOT NULL DEFAULT 1,

    PRIMARY KEY (`id`),
    UNIQUE INDEX `department_public_id_key`(`public_id`),
    UNIQUE INDEX `department_org_id_name_key`(`org_id`, `name`),
    CONSTRAINT `department_org_id_fkey` FOREIGN KEY (`org_id`) REFERENCES `org`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;

CREATE TABLE `org_invitation` (
    `id` INTEGER NOT NULL AUTO_INCREMENT,
    `public_id` CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    `org_id` INTEGER NOT NULL,
    `token_hash` CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    `department_id` INTEGER NULL,
    `needs_approval` BOOLEAN NOT NULL,
    `max_uses` INTEGER NOT NULL,
    `uses` INTEGER NOT NULL DEFAULT 0,
    `expires_at` DATETIME(3) NOT NULL,
    `revoked_at` DATETIME(3) NULL,
    `created_by` INTEGER NULL,
    `created_at` DATETIME(3) NOT NULL,

    PRIMARY KEY (`id`),
    UNIQUE INDEX `org_invitation_public_id_key`(`public_id`),
    UNIQUE INDEX `org_invitation_token_hash_key`(`token_hash`),
    INDEX `org_invitation_org_id_created_at_idx`(`org_id`, `created_at`),
    INDEX `org_invitation_department_id_idx`(`department_id`),
    CONSTRAINT `org_invitation_uses_check` CHECK (`uses` BETWEEN 0 AND `max_uses`),
    CONSTRAINT `org_invitation_org_id_fkey` FOREIGN KEY (`org_id`) REFERENCES `org`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT `org_invitation_department_id_fkey` FOREIGN KEY (`department_id`) REFERENCES `department`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;

CREATE TABLE `org_member` (
    `id` INTEGER NOT NULL AUTO_INCREMENT,
    `public_id` CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    `org_id` INTEGER NOT NULL,
    `user_id` INTEGER NULL,
    `status` TINYINT NOT NULL,
    `role` TINYINT NOT NULL DEFAULT 0,
    `name` VARCHAR(40) NOT NULL,
    `title` VARCHAR(40) NOT NULL DEFAULT '',
    `department_id` INTEGER NULL,
    `phone_hash` CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
    `phone_last4` VARCHAR(4) CHARACTER SET ascii COLLATE ascii_bin NULL,
    `invitation_id` INTEGER NULL,
    `decided_by` INTEGER NULL,
    `decided_at` DATETIME(3) NULL,
    `decision_reason` VARCHAR(200) NULL,
    `requested_at` DATETIME(3) NULL,
    `joined_at` DATETIME(3) NULL,
    `left_at` DATETIME(3) NULL,
    `version` INTEGER NOT NULL DEFAULT 1,

    PRIMARY KEY (`id`),
    UNIQUE INDEX `org_member_public_id_key`(`public_id`),
    UNIQUE INDEX `org_member_org_id_user_id_key`(`org_id`, `user_id`),
    UNIQUE INDEX `org_member_org_id_phone_hash_key`(`org_id`, `phone_hash`),
    INDEX `org_member_user_id_status_idx`(`user_id`, `status`),
    INDEX `org_member_org_id_status_name_idx`(`org_id`, `status`, `name`),
    INDEX `org_member_department_id_idx`(`department_id`),
    INDEX `org_member_invitation_id_idx`(`invitation_id`),
    CONSTRAINT `org_member_status_check` CHECK (`status` BETWEEN 0 AND 5),
    CONSTRAINT `org_member_role_check` CHECK (`role` BETWEEN 0 AND 3),
    CONSTRAINT `org_member_expected_check` CHECK (`status` = 0 OR `status` = 4 OR `user_id` IS NOT NULL),
    CONSTRAINT `org_member_phone_check` CHECK ((`phone_hash` IS NULL) = (`phone_last4` IS NULL)),
    CONSTRAINT `org_member_org_id_fkey` FOREIGN KEY (`org_id`) REFERENCES `org`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT `org_member_user_id_fkey` FOREIGN KEY (`user_id`) REFERENCES `wx_user`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT `org_member_department_id_fkey` FOREIGN KEY (`department_id`) REFERENCES `department`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT `org_member_invitation_id_fkey` FOREIGN KEY (`invitation_id`) REFERENCES `org_invitation`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;

CREATE TABLE `audit_event` (
    `id` INTEGER NOT NULL AUTO_INCREMENT,
    `org_id` INTEGER NOT NULL,
    `at` DATETIME(3) NOT NULL,
    `actor_id` INTEGER NULL,
    `kind` VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    `subject` VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    `detail` VARCHAR(500) NOT NULL DEFAULT '',
    `request_id` VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,

    PRIMARY KEY (`id`),
    INDEX `audit_event_org_id_at_idx`(`org_id`, `at`),
    INDEX `audit_event_subject_at_idx`(`subject`, `at`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;
