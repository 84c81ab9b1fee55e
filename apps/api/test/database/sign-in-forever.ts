import { openDatabase } from '../../src/infra/database/open-database.ts'
import { aSignIn } from './fixtures.ts'

/** Signs new people in until it is killed; prints the id of each session once it is acknowledged. */
const database = await openDatabase(JSON.parse(process.argv[2] ?? ''))

const signInForever = async () => {
  for (;;) {
    const request = aSignIn()
    await database.sessions.signIn(request)
    process.stdout.write(`${request.session.id}\n`)
  }
}

await Promise.all(Array.from({ length: 4 }, signInForever))
