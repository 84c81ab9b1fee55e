-- Which versions of the user agreement a user has agreed to.
CREATE TABLE `agreement` (
    `user_id` INTEGER NOT NULL,
    `version` VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    `agreed_at` DATETIME(3) NOT NULL,

    PRIMARY KEY (`user_id`, `version`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;
