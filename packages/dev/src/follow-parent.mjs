/** Loaded into the API's process: without `dev`, however it ended, the API stops too. */
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
process.channel?.unref()
