-- Votes. A ballot of a secret vote is a row with a random key, without a person, a time or an order.
ALTER TABLE `meeting` ADD COLUMN `open_votes` INTEGER NOT NULL DEFAULT 0;

ALTER TABLE `notice` ADD COLUMN `vote_id` INTEGER NULL, ADD INDEX `notice_vote_id_idx`(`vote_id`);

CREATE TABLE `vote` (
    `id` INTEGER NOT NULL AUTO_INCREMENT,
    `public_id` CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    `org_id` INTEGER NOT NULL,
    `meeting_id` INTEGER NULL,
    `creator_id` INTEGER NOT NULL,
    `request_id` VARCHAR(48) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    `title` VARCHAR(120) NOT NULL,
    `detail` TEXT NOT NULL,
    `kind` TINYINT NOT NULL,
    `secret` BOOLEAN NOT NULL,
    `changeable` BOOLEAN NOT NULL DEFAULT false,
    `live` BOOLEAN NOT NULL DEFAULT false,
    `min_choices` INTEGER NOT NULL DEFAULT 1,
    `max_choices` INTEGER NOT NULL DEFAULT 1,
    `rule` TINYINT NOT NULL DEFAULT 0,
    `quorum_percent` INTEGER NOT NULL DEFAULT 0,
    `electorate` TINYINT NOT NULL,
    `state` TINYINT NOT NULL,
    `closes_at` DATETIME(3) NULL,
    `opened_at` DATETIME(3) NULL,
    `closed_at` DATETIME(3) NULL,
    `electors` INTEGER NOT NULL DEFAULT 0,
    `ballots` INTEGER NULL,
    `outcome` TINYINT NULL,
    `reason` VARCHAR(200) NULL,
    `version` INTEGER NOT NULL DEFAULT 1,
    `last_action` VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    `last_actor_id` INTEGER NULL,
    `created_at` DATETIME(3) NOT NULL,
    `updated_at` DATETIME(3) NOT NULL,

    PRIMARY KEY (`id`),
    UNIQUE INDEX `vote_public_id_key`(`public_id`),
    UNIQUE INDEX `vote_creator_id_request_id_key`(`creator_id`, `request_id`),
    INDEX `vote_creator_id_idx`(`creator_id`),
    INDEX `vote_meeting_id_state_idx`(`meeting_id`, `state`),
    INDEX `vote_org_id_state_opened_at_idx`(`org_id`, `state`, `opened_at`),
    INDEX `vote_state_closes_at_idx`(`state`, `closes_at`),
    CONSTRAINT `vote_state_check` CHECK (`state` BETWEEN 0 AND 3),
    CONSTRAINT `vote_kind_check` CHECK (`kind` BETWEEN 0 AND 1),
    CONSTRAINT `vote_choices_check` CHECK (`min_choices` >= 1 AND `min_choices` <= `max_choices` AND `max_choices` <= 20),
    CONSTRAINT `vote_quorum_check` CHECK (`quorum_percent` BETWEEN 0 AND 100),
    CONSTRAINT `vote_secret_check` CHECK (NOT (`secret` AND (`changeable` OR `live`))),
    CONSTRAINT `vote_title_check` CHECK (`title` <> ''),
    CONSTRAINT `vote_org_id_fkey` FOREIGN KEY (`org_id`) REFERENCES `org`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT `vote_meeting_id_fkey` FOREIGN KEY (`meeting_id`) REFERENCES `meeting`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT `vote_creator_id_fkey` FOREIGN KEY (`creator_id`) REFERENCES `org_member`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;

CREATE TABLE `vote_option` (
    `id` INTEGER NOT NULL AUTO_INCREMENT,
    `public_id` CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    `vote_id` INTEGER NOT NULL,
    `position` INTEGER NOT NULL,
    `text` VARCHAR(120) NOT NULL,
    `meaning` TINYINT NOT NULL DEFAULT 0,

    PRIMARY KEY (`id`),
    UNIQUE INDEX `vote_option_public_id_key`(`public_id`),
    UNIQUE INDEX `vote_option_vote_id_position_key`(`vote_id`, `position`),
    CONSTRAINT `vote_option_meaning_check` CHECK (`meaning` BETWEEN 0 AND 3),
    CONSTRAINT `vote_option_vote_id_fkey` FOREIGN KEY (`vote_id`) REFERENCES `vote`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;

CREATE TABLE `vote_elector` (
    `vote_id` INTEGER NOT NULL,
    `member_id` INTEGER NOT NULL,
    `voted` BOOLEAN NOT NULL DEFAULT false,
    `struck` BOOLEAN NOT NULL DEFAULT false,

    PRIMARY KEY (`vote_id`, `member_id`),
    INDEX `vote_elector_member_id_vote_id_idx`(`member_id`, `vote_id`),
    CONSTRAINT `vote_elector_struck_check` CHECK (NOT (`voted` AND `struck`)),
    CONSTRAINT `vote_elector_vote_id_fkey` FOREIGN KEY (`vote_id`) REFERENCES `vote`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT `vote_elector_member_id_fkey` FOREIGN KEY (`member_id`) REFERENCES `org_member`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;

CREATE TABLE `vote_choice` (
    `vote_id` INTEGER NOT NULL,
    `member_id` INTEGER NOT NULL,
    `option_id` INTEGER NOT NULL,
    `cast_at` DATETIME(3) NOT NULL,

    PRIMARY KEY (`vote_id`, `member_id`, `option_id`),
    INDEX `vote_choice_member_id_idx`(`member_id`),
    INDEX `vote_choice_option_id_idx`(`option_id`),
    CONSTRAINT `vote_choice_vote_id_fkey` FOREIGN KEY (`vote_id`) REFERENCES `vote`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT `vote_choice_member_id_fkey` FOREIGN KEY (`member_id`) REFERENCES `org_member`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT `vote_choice_option_id_fkey` FOREIGN KEY (`option_id`) REFERENCES `vote_option`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;

CREATE TABLE `vote_ballot` (
    `id` CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    `vote_id` INTEGER NOT NULL,
    `option_id` INTEGER NOT NULL,

    PRIMARY KEY (`id`, `option_id`),
    INDEX `vote_ballot_vote_id_option_id_idx`(`vote_id`, `option_id`),
    INDEX `vote_ballot_option_id_idx`(`option_id`),
    CONSTRAINT `vote_ballot_vote_id_fkey` FOREIGN KEY (`vote_id`) REFERENCES `vote`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT,
    CONSTRAINT `vote_ballot_option_id_fkey` FOREIGN KEY (`option_id`) REFERENCES `vote_option`(`id`) ON DELETE RESTRICT ON UPDATE RESTRICT
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;
