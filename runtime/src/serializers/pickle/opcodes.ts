/** What the bytes of a pickle mean: those that plain data needs, of protocols 0 to 5. */
export const opcodes = {
  mark: 0x28, // (
  stop: 0x2e, // .
  pop: 0x30, // 0
  popMark: 0x31, // 1
  duplicate: 0x32, // 2
  floatLine: 0x46, // F
  intLine: 0x49, // I
  int4: 0x4a, // J
  int1: 0x4b, // K
  longLine: 0x4c, // L
  int2: 0x4d, // M
  none: 0x4e, // N
  reduce: 0x52, // R
  text4: 0x58, // X
  textLine: 0x56, // V
  append: 0x61, // a
  build: 0x62, // b
  global: 0x63, // c
  dict: 0x64, // d
  appends: 0x65, // e
  getLine: 0x67, // g
  get1: 0x68, // h
  get4: 0x6a, // j
  list: 0x6c, // l
  putLine: 0x70, // p
  put1: 0x71, // q
  put4: 0x72, // r
  setItem: 0x73, // s
  tuple: 0x74, // t
  setItems: 0x75, // u
  emptyDict: 0x7d, // }
  emptyList: 0x5d, // ]
  emptyTuple: 0x29, // )
  bytes4: 0x42, // B
  bytes1: 0x43, // C
  float8: 0x47, // G
  protocol: 0x80,
  newObject: 0x81,
  tuple1: 0x85,
  tuple2: 0x86,
  tuple3: 0x87,
  true: 0x88,
  false: 0x89,
  long1: 0x8a,
  long4: 0x8b,
  text1: 0x8c,
  text8: 0x8d,
  bytes8: 0x8e,
  emptySet: 0x8f,
  addItems: 0x90,
  frozenSet: 0x91,
  stackGlobal: 0x93,
  memoize: 0x94,
  frame: 0x95,
  byteArray8: 0x96,
} as const;
