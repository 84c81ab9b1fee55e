import 'reflect-metadata'
import { randomBytes, randomUUID } from 'node:crypto'
import type { INestApplication } from '@nestjs/common'
import {
  Body,
  Controller,
  Get,
  HttpCode,
  Inject,
  Injectable,
  Ip,
  Module,
  Post,
  Req,
  UnauthorizedException,
  UseGuards,
} from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { JwtModule, JwtService } from '@nestjs/jwt'
import { AuthGuard, PassportModule, PassportStrategy } from '@nestjs/passport'
import type { NestFastifyApplication } from '@nestjs/platform-fastify'
import { FastifyAdapter } from '@nestjs/platform-fastify'
import { ExtractJwt, Strategy } from 'passport-jwt'
import { createCode2Session } from '../../src/servers/code2session.ts'
import type { Client, User } from '../../src/servers/prisma-client.ts'
import { openClient } from '../../src/servers/prisma-client.ts'

/** NestJS with Passport-JWT and Prisma: on Express by default, on Fastify when tuned. */
const { VARIANT, WX_APPID = '' } = process.env
const tuned = VARIANT === 'tuned'
const CONNECTIONS = 16
const SECRET = randomBytes(32).toString('hex')
const PRISMA = Symbol('prisma')

type Claims = { sub: number }
type WithUser = { user: { id: number } }

@Injectable()
class WeChatService {
  readonly code2Session = createCode2Session({ keepConnections: tuned })
}

@Injectable()
class UsersService {
  @Inject(PRISMA) private readonly prisma: Client

  signIn(openid: string, ip: string) {
    const now = new Date()
    const publicId = randomUUID()
    return this.prisma.wxUser.upsert({
      where: { appId_openid: { appId: WX_APPID, openid } },
      update: { lastLoginTime: now, lastLoginIp: ip },
      create: {
        publicId,
        appId: WX_APPID,
        openid,
        username: publicId,
        nickName: '普通用户',
        addTime: now,
        updateTime: now,
        lastLoginTime: now,
        lastLoginIp: ip,
      },
    })
  }

  find(id: number) {
    return this.prisma.wxUser.findUnique({ where: { id } })
  }
}

@Injectable()
class JwtStrategy extends PassportStrategy(Strategy) {
  constructor() {
    super({
      jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
      secretOrKey: SECRET,
      algorithms: ['HS256'],
    })
  }

  validate({ sub }: Claims) {
    return { id: sub }
  }
}

@Injectable()
class JwtAuthGuard extends AuthGuard('jwt') {}

@Injectable()
class AuthService {
  @Inject(WeChatService) private readonly weChat: WeChatService
  @Inject(UsersService) private readonly users: UsersService
  @Inject(JwtService) private readonly jwt: JwtService

  async signIn(code: string, ip: string) {
    const { openid } = await this.weChat.code2Session(code)
    const user = await this.users.signIn(openid, ip)
    const token = await this.jwt.signAsync({ sub: user.id })
    return { token, userInfo: toUserInfo(user) }
  }
}

@Controller('wx/auth')
class AuthController {
  @Inject(AuthService) private readonly auth: AuthService
  @Inject(UsersService) private readonly users: UsersService

  @Post('login_by_weixin')
  @HttpCode(200)
  async loginByWeixin(@Body() body: { code: string }, @Ip() ip: string) {
    return { errno: 0, errmsg: '', data: await this.auth.signIn(body.code, ip) }
  }

  @Get('info')
  @UseGuards(JwtAuthGuard)
  async info(@Req() request: WithUser) {
    const user = await this.users.find(request.user.id)
    if (user === null) throw new UnauthorizedException()
    return { errno: 0, errmsg: '', data: toUserInfo(user) }
  }
}

const toUserInfo = ({ nickName, avatarUrl, gender }: User) => ({ nickName, avatarUrl, gender })

@Module({
  imports: [
    PassportModule,
    JwtModule.register({ secret: SECRET, signOptions: { expiresIn: '7d' } }),
  ],
  controllers: [AuthController],
  providers: [
    AuthService,
    UsersService,
    WeChatService,
    JwtStrategy,
    JwtAuthGuard,
    { provide: PRISMA, useFactory: () => openClient(tuned ? { connections: CONNECTIONS } : {}) },
  ],
})
class AppModule {}

const app: INestApplication = tuned
  ? await NestFactory.create<NestFastifyApplication>(AppModule, new FastifyAdapter(), {
      logger: false,
    })
  : await NestFactory.create(AppModule)
await app.listen(Number(process.env.PORT), '127.0.0.1')
