/** A grey figure, 132 pixels square, as PNG in base64: the avatar of a person who has none. */
export const DEFAULT_AVATAR =
  'iVBORw0KGgoAAAANSUhEUgAAAIQAAACECAMAAABmmnOVAAAABlBMVEXd4+map7VlDVWIAAAA2UlEQVR42u3ZMQ7CQA' +
  'DEwPj/n6ZFggIiwhpkv2Cq3N3mOKqqqqqqqqrqvbhvL9g4eJ6A8FUG7BWwV8BeAXsF7BWwV4BAYUCAQGFAgEAR4ozh' +
  'KkWIECFChAjRUf7biC66PX6kb1HHq9yxTziWGsdm5VjvHDumY9GVbNuPjqOqql7+bgsODtPPwO84BHfMX3r7/Pf/Dt' +
  'hPNbBXwFzB2QyGDypgrwCBwoCAvQL2CtgrQKAwIECgMCBgrwCBwoAAgSLENYZzCgMCBIoQ1xneV4QwIUCgCBEiRAgV' +
  '4gZqqBPBF0Yh6QAAAABJRU5ErkJggg=='
