import { openStores } from '../../src/core.ts'
import { aSignIn } from './fixtures.ts'

/** Signs new users in until it is killed; prints the id of each session once it is acknowledged. */
const database = await openStores(JSON.parse(process.argv[2] ?? ''))

const signInForever = async () => {
  for (;;) {
    const request = aSignIn()
    await database.signIn(request)
    process.stdout.write(`${request.session.id}\n`)
  }
}

await Promise.all(Array.from({ length: 4 }, signInForever))
