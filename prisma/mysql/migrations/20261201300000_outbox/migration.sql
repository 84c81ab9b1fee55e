-- Work that an event leaves to be done after it: lines of many inboxes, and WeChat's messages.
CREATE TABLE `outbox` (
    `id` INTEGER NOT NULL AUTO_INCREMENT,
    `topic` VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    `dedupe_key` VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    `meeting_id` INTEGER NULL,
    `member_id` INTEGER NULL,
    `payload` TEXT NOT NULL,
    `available_at` DATETIME(3) NOT NULL,
    `deadline_at` DATETIME(3) NOT NULL,
    `attempts` INTEGER NOT NULL DEFAULT 0,
    `claimed_by` CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NULL,
    `claimed_until` DATETIME(3) NULL,
    `state` TINYINT NOT NULL DEFAULT 0,
    `result` VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL,
    `created_at` DATETIME(3) NOT NULL,

    PRIMARY KEY (`id`),
    UNIQUE INDEX `outbox_dedupe_key_key`(`dedupe_key`),
    INDEX `outbox_state_available_at_idx`(`state`, `available_at`),
    INDEX `outbox_meeting_id_member_id_idx`(`meeting_id`, `member_id`),
    INDEX `outbox_member_id_idx`(`member_id`),
    CONSTRAINT `outbox_state_check` CHECK (`state` BETWEEN 0 AND 3)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;

ALTER TABLE `meeting` ADD COLUMN `start_told_for` DATETIME(3) NULL;

-- A title and a reason with characters that JSON escapes, or the text of a company's notice.
ALTER TABLE `notice` MODIFY `params` VARCHAR(1500) NOT NULL;
