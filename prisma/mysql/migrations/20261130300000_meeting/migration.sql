-- Meetings, their people and rooms, and the inbox. A room is taken by rows with a primary key, so that
-- two meetings can never hold it at once.
CREATE TABLE `room` (
    `id` INTEGER NOT NULL AUTO_INCREMENT,
    `public_id` CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    `org_id` INTEGER NOT NULL,
    `name` VARCHAR(40) NOT NULL,
    `place` VARCHAR(80) NOT NULL DEFAULT '',
    `capacity` INTEGER NOT NULL,
    `equipment` VARCHAR(120) NOT NULL DEFAULT '',
    `needs_approval` BOOLEAN NOT NULL DEFAULT false,
    `opens_min` INTEGER NOT NULL DEFAULT 0,
    `closes_min` INTEGER NOT NULL DEFAULT 1440,
    `max_min` INTEGER NOT NULL DEFAULT 1440,
    `disabled_at` DATETIME(3) NULL,
    `version` INTEGER NOT NULL DEFAULT 1,

    PRIMARY KEY (`id`),
    UNIQUE INDEX `room_public_id_key`(`public_id`),
    UNIQUE INDEX `room_org_id_name_key`(`org_id`, `name`),
    CONSTRAINT `room_name_check` CHECK (`name` <> ''),
    CONSTRAINT `room_hours_check` CHECK (`opens_min` >= 0 AND `opens_min` < `closes_min` AND `closes_min` <= 1440),
    CONSTRAINT `room_org_id_fkey` FOREIGN KEY (`org_id`) REFERENCES `org`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;

CREATE TABLE `meeting` (
    `id` INTEGER NOT NULL AUTO_INCREMENT,
    `public_id` CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    `org_id` INTEGER NOT NULL,
    `request_id` VARCHAR(48) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    `creator_id` INTEGER NOT NULL,
    `host_id` INTEGER NOT NULL,
    `recorder_id` INTEGER NULL,
    `auditor_id` INTEGER NULL,
    `state` TINYINT NOT NULL,
    `title` VARCHAR(120) NOT NULL,
    `agenda` TEXT NOT NULL,
    `location` VARCHAR(120) NOT NULL DEFAULT '',
    `room_id` INTEGER NULL,
    `starts_at` DATETIME(3) NOT NULL,
    `ends_at` DATETIME(3) NOT NULL,
    `started_at` DATETIME(3) NULL,
    `ended_at` DATETIME(3) NULL,
    `submitted_at` DATETIME(3) NULL,
    `decided_at` DATETIME(3) NULL,
    `reminded_at` DATETIME(3) NULL,
    `reason` VARCHAR(200) NULL,
    `sequence` INTEGER NOT NULL DEFAULT 0,
    `people` INTEGER NOT NULL DEFAULT 0,
    `version` INTEGER NOT NULL DEFAULT 1,
    `last_action` VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    `last_actor_id` INTEGER NULL,
    `created_at` DATETIME(3) NOT NULL,
    `updated_at` DATETIME(3) NOT NULL,

    PRIMARY KEY (`id`),
    UNIQUE INDEX `meeting_public_id_key`(`public_id`),
    UNIQUE INDEX `meeting_creator_id_request_id_key`(`creator_id`, `request_id`),
    INDEX `meeting_org_id_starts_at_idx`(`org_id`, `starts_at`),
    INDEX `meeting_host_id_starts_at_idx`(`host_id`, `starts_at`),
    INDEX `meeting_auditor_id_state_submitted_at_idx`(`auditor_id`, `state`, `submitted_at`),
    INDEX `meeting_state_starts_at_idx`(`state`, `starts_at`),
    INDEX `meeting_state_ends_at_idx`(`state`, `ends_at`),
    INDEX `meeting_room_id_starts_at_idx`(`room_id`, `starts_at`),
    INDEX `meeting_recorder_id_idx`(`recorder_id`),
    CONSTRAINT `meeting_state_check` CHECK (`state` IN (0, 1, 2, 3, 4, 5, 7)),
    CONSTRAINT `meeting_span_check` CHECK (`starts_at` < `ends_at`),
    CONSTRAINT `meeting_title_check` CHECK (`title` <> ''),
    CONSTRAINT `meeting_org_id_fkey` FOREIGN KEY (`org_id`) REFERENCES `org`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT `meeting_creator_id_fkey` FOREIGN KEY (`creator_id`) REFERENCES `org_member`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT `meeting_host_id_fkey` FOREIGN KEY (`host_id`) REFERENCES `org_member`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT `meeting_recorder_id_fkey` FOREIGN KEY (`recorder_id`) REFERENCES `org_member`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT `meeting_auditor_id_fkey` FOREIGN KEY (`auditor_id`) REFERENCES `org_member`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT `meeting_room_id_fkey` FOREIGN KEY (`room_id`) REFERENCES `room`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;

CREATE TABLE `meeting_participant` (
    `meeting_id` INTEGER NOT NULL,
    `member_id` INTEGER NOT NULL,
    `role` TINYINT NOT NULL,
    `reply` TINYINT NOT NULL DEFAULT 0,
    `reply_reason` VARCHAR(200) NULL,
    `replied_at` DATETIME(3) NULL,
    `seen_at` DATETIME(3) NULL,
    `starts_at` DATETIME(3) NOT NULL,

    PRIMARY KEY (`meeting_id`, `member_id`),
    INDEX `meeting_participant_member_id_starts_at_meeting_id_idx`(`member_id`, `starts_at`, `meeting_id`),
    CONSTRAINT `meeting_participant_role_check` CHECK (`role` BETWEEN 0 AND 3),
    CONSTRAINT `meeting_participant_reply_check` CHECK (`reply` BETWEEN 0 AND 2),
    CONSTRAINT `meeting_participant_meeting_id_fkey` FOREIGN KEY (`meeting_id`) REFERENCES `meeting`(`id`) ON DELETE CASCADE ON UPDATE RESTRICT,
    CONSTRAINT `meeting_participant_member_id_fkey` FOREIGN KEY (`member_id`) REFERENCES `org_member`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;

CREATE TABLE `room_slot` (
    `room_id` INTEGER NOT NULL,
    `slot` INTEGER NOT NULL,
    `meeting_id` INTEGER NOT NULL,

    PRIMARY KEY (`room_id`, `slot`),
    INDEX `room_slot_meeting_id_idx`(`meeting_id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;

CREATE TABLE `notice` (
    `id` INTEGER NOT NULL AUTO_INCREMENT,
    `org_id` INTEGER NOT NULL,
    `member_id` INTEGER NOT NULL,
    `kind` VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    `meeting_id` INTEGER NULL,
    `once_key` VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    `params` VARCHAR(500) NOT NULL,
    `at` DATETIME(3) NOT NULL,
    `read_at` DATETIME(3) NULL,

    PRIMARY KEY (`id`),
    UNIQUE INDEX `notice_member_id_once_key_key`(`member_id`, `once_key`),
    INDEX `notice_member_id_at_idx`(`member_id`, `at`),
    INDEX `notice_member_id_read_at_idx`(`member_id`, `read_at`),
    INDEX `notice_meeting_id_idx`(`meeting_id`),
    INDEX `notice_at_idx`(`at`),
    CONSTRAINT `notice_member_id_fkey` FOREIGN KEY (`member_id`) REFERENCES `org_member`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;
