// @ts-nocheck
// @generated from schemas/caches.schema.json by scripts/build-schema-validator.mjs. Do not edit.
import type { SchemaValidator } from "./schema-error.ts";

export const validate: SchemaValidator = validate10;
const schema11 = {"$schema":"http://json-schema.org/draft-07/schema#","type":"object","additionalProperties":false,"required":["version"],"patternProperties":{"^x-":{}},"properties":{"version":{"const":1},"output":{"type":"string","pattern":"^(?!/)(?!\\.{1,2}/*$)[^\\\\]+$"},"include":{"type":"array","minItems":1,"items":{"type":"string"}},"rules":{"type":"object","additionalProperties":false,"patternProperties":{"^C\\d{4}$":{"type":"string","enum":["off","warning","error"]}},"properties":{"process-local-fallback":{"type":"string","enum":["off","warning","error"]},"unclearable-cache":{"type":"string","enum":["off","warning","error"]},"unused-development-url":{"type":"string","enum":["off","warning","error"]},"unused-blocking":{"type":"string","enum":["off","warning","error"]},"uninvalidated-cache":{"type":"string","enum":["off","warning","error"]},"unused-suppression":{"type":"string","enum":["off","warning","error"]},"unused-backend":{"type":"string","enum":["off","warning","error"]},"unused-default":{"type":"string","enum":["off","warning","error"]},"unknown-environment-name":{"type":"string","enum":["off","warning","error"]},"unused-environment-name":{"type":"string","enum":["off","warning","error"]},"unreachable-ttl":{"type":"string","enum":["off","warning","error"]},"unbounded-memory":{"type":"string","enum":["off","warning","error"]},"useless-memory":{"type":"string","enum":["off","warning","error"]},"forever-without-eviction":{"type":"string","enum":["off","warning","error"]},"useless-compressor":{"type":"string","enum":["off","warning","error"]},"unused-isolation":{"type":"string","enum":["off","warning","error"]},"unused-allow-any":{"type":"string","enum":["off","warning","error"]},"missing-package":{"type":"string","enum":["off","warning","error"]},"missing-runtime":{"type":"string","enum":["off","warning","error"]}}},"environment":{"type":"array","items":{"type":"string","pattern":"^[A-Za-z_][A-Za-z0-9_]*$"}},"backends":{"type":"object","minProperties":1,"propertyNames":{"$ref":"#/definitions/name"},"additionalProperties":{"$ref":"#/definitions/backend"}},"defaults":{"type":"object","additionalProperties":false,"properties":{"backend":{"$ref":"#/definitions/backendName"},"serializer":{"$ref":"#/definitions/serializer"},"ttl":{"$ref":"#/definitions/ttl"},"max-ttl":{"$ref":"#/definitions/maxTtl"},"offload":{"$ref":"#/definitions/offload"},"validate":{"$ref":"#/definitions/validate"},"isolation":{"$ref":"#/definitions/isolation"},"mode":{"$ref":"#/definitions/mode"},"blocking":{"$ref":"#/definitions/blocking"},"on-invalidation-error":{"$ref":"#/definitions/onInvalidationError"},"long-lived":{"$ref":"#/definitions/longLived"}}},"caches":{"type":"object","minProperties":1,"propertyNames":{"$ref":"#/definitions/name"},"additionalProperties":{"$ref":"#/definitions/cache"}},"memoize":{"type":"object","minProperties":1,"propertyNames":{"$ref":"#/definitions/name"},"additionalProperties":{"$ref":"#/definitions/memoized"}},"mutate":{"type":"object","minProperties":1,"propertyNames":{"$ref":"#/definitions/name"},"additionalProperties":{"$ref":"#/definitions/mutation"}}},"definitions":{"name":{"type":"string","pattern":"^[a-z][A-Za-z0-9]*$"},"backend":{"type":["string","object"],"additionalProperties":false,"required":["url"],"properties":{"url":{"type":"string"},"development":{"type":"string"},"schemes":{"type":"array","minItems":1,"items":{"type":"string"}},"distinct":{"type":"boolean"},"evicts":{"type":"boolean"},"prefix":{"type":"string","pattern":"^[^\\s~\\u0000-\\u001f\\u007f-\\u009f]*$"},"description":{"type":"string"}}},"cache":{"type":"object","additionalProperties":false,"required":["key","value"],"properties":{"description":{"type":"string"},"key":{"type":"string"},"value":{"type":["string","object"],"additionalProperties":false,"if":{"properties":{"schema":false}},"then":{"properties":{"type":true},"required":["type"]},"properties":{"type":{"type":"string"},"from":{"type":"string"},"allow-any":{"type":"array","minItems":1,"items":{"type":"string"}},"schema":{"anyOf":[{"$ref":"#/definitions/valueSchema"},{"type":"string"}]}}},"ttl":{"$ref":"#/definitions/ttl"},"max-ttl":{"$ref":"#/definitions/maxTtl"},"backend":{"$ref":"#/definitions/backendName"},"serializer":{"$ref":"#/definitions/serializer"},"offload":{"$ref":"#/definitions/offload"},"validate":{"$ref":"#/definitions/validate"},"isolation":{"$ref":"#/definitions/isolation"},"revision":{"$ref":"#/definitions/revision"},"mode":{"$ref":"#/definitions/mode"},"blocking":{"$ref":"#/definitions/blocking"}}},"valueSchema":{},"memoized":{"type":"object","additionalProperties":false,"required":["function"],"properties":{"function":{"$ref":"#/definitions/functionName"},"batch":{"type":"string"},"max-batch":{"type":"integer","minimum":1,"maximum":9007199254740991},"cache":{"type":"string"},"parameters":{"type":"object","minProperties":1,"additionalProperties":{"type":"string"}},"ignore":{"type":"array","minItems":1,"items":{"type":"string"}},"ttl":{"$ref":"#/definitions/ttl"},"max-ttl":{"$ref":"#/definitions/maxTtl"},"backend":{"$ref":"#/definitions/backendName"},"serializer":{"$ref":"#/definitions/serializer"},"offload":{"$ref":"#/definitions/offload"},"validate":{"$ref":"#/definitions/validate"},"isolation":{"$ref":"#/definitions/isolation"},"revision":{"$ref":"#/definitions/revision"},"mode":{"$ref":"#/definitions/mode"},"blocking":{"$ref":"#/definitions/blocking"}}},"functionName":{"type":"string"},"mutation":{"type":"object","additionalProperties":false,"required":["function","invalidates"],"properties":{"function":{"$ref":"#/definitions/functionName"},"invalidates":{"type":"array","minItems":1,"items":{"$ref":"#/definitions/invalidation"}},"before":{"type":"boolean"},"on-invalidation-error":{"$ref":"#/definitions/onInvalidationError"}}},"invalidation":{"type":["string","object"],"additionalProperties":false,"required":["target"],"properties":{"target":{"type":"string"},"before":{"type":"boolean"}}},"longLived":{"type":"string","pattern":"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*|forever)$"},"onInvalidationError":{"type":"string","enum":["throw","warn"]},"mode":{"type":"string","enum":["async","sync"]},"revision":{"type":"integer","minimum":1,"maximum":9007199254740991},"blocking":{"type":"boolean"},"backendName":{"type":"string"},"ttl":{"type":"string","pattern":"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*|forever)$"},"maxTtl":{"type":"string","pattern":"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*|forever)$"},"offload":{"type":"string","pattern":"^(?:always|0*[1-9]\\d*(?:[kKmMgG]?[bB]))$"},"validate":{"type":"boolean"},"isolation":{"enum":["clone","freeze","share"]},"serializer":{"type":["string","array","null"],"minItems":1,"items":{"type":["string","null"]}}}};
const schema12 = {"type":"string","pattern":"^[a-z][A-Za-z0-9]*$"};
const schema13 = {"type":["string","object"],"additionalProperties":false,"required":["url"],"properties":{"url":{"type":"string"},"development":{"type":"string"},"schemes":{"type":"array","minItems":1,"items":{"type":"string"}},"distinct":{"type":"boolean"},"evicts":{"type":"boolean"},"prefix":{"type":"string","pattern":"^[^\\s~\\u0000-\\u001f\\u007f-\\u009f]*$"},"description":{"type":"string"}}};
const schema14 = {"type":"string"};
const schema15 = {"type":["string","array","null"],"minItems":1,"items":{"type":["string","null"]}};
const schema16 = {"type":"string","pattern":"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*|forever)$"};
const schema17 = {"type":"string","pattern":"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*|forever)$"};
const schema18 = {"type":"string","pattern":"^(?:always|0*[1-9]\\d*(?:[kKmMgG]?[bB]))$"};
const schema19 = {"type":"boolean"};
const schema20 = {"enum":["clone","freeze","share"]};
const schema21 = {"type":"string","enum":["async","sync"]};
const schema22 = {"type":"boolean"};
const schema23 = {"type":"string","enum":["throw","warn"]};
const schema24 = {"type":"string","pattern":"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*|forever)$"};
const func2 = Object.prototype.hasOwnProperty;
const pattern0 = new RegExp("^x-", "u");
const pattern1 = new RegExp("^(?!/)(?!\\.{1,2}/*$)[^\\\\]+$", "u");
const pattern2 = new RegExp("^C\\d{4}$", "u");
const pattern4 = new RegExp("^[A-Za-z_][A-Za-z0-9_]*$", "u");
const pattern5 = new RegExp("^[a-z][A-Za-z0-9]*$", "u");
const pattern6 = new RegExp("^[^\\s~\\u0000-\\u001f\\u007f-\\u009f]*$", "u");
const pattern7 = new RegExp("^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*|forever)$", "u");
const pattern9 = new RegExp("^(?:always|0*[1-9]\\d*(?:[kKmMgG]?[bB]))$", "u");
const schema26 = {"type":"object","additionalProperties":false,"required":["key","value"],"properties":{"description":{"type":"string"},"key":{"type":"string"},"value":{"type":["string","object"],"additionalProperties":false,"if":{"properties":{"schema":false}},"then":{"properties":{"type":true},"required":["type"]},"properties":{"type":{"type":"string"},"from":{"type":"string"},"allow-any":{"type":"array","minItems":1,"items":{"type":"string"}},"schema":{"anyOf":[{"$ref":"#/definitions/valueSchema"},{"type":"string"}]}}},"ttl":{"$ref":"#/definitions/ttl"},"max-ttl":{"$ref":"#/definitions/maxTtl"},"backend":{"$ref":"#/definitions/backendName"},"serializer":{"$ref":"#/definitions/serializer"},"offload":{"$ref":"#/definitions/offload"},"validate":{"$ref":"#/definitions/validate"},"isolation":{"$ref":"#/definitions/isolation"},"revision":{"$ref":"#/definitions/revision"},"mode":{"$ref":"#/definitions/mode"},"blocking":{"$ref":"#/definitions/blocking"}}};
const schema27 = {};
const schema35 = {"type":"integer","minimum":1,"maximum":9007199254740991};

function validate11(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.key === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "key"},message:"must have required property '"+"key"+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.value === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "value"},message:"must have required property '"+"value"+"'"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!(func2.call(schema26.properties, key0))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.description !== undefined){
if(typeof data.description !== "string"){
const err3 = {instancePath:instancePath+"/description",schemaPath:"#/properties/description/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.key !== undefined){
if(typeof data.key !== "string"){
const err4 = {instancePath:instancePath+"/key",schemaPath:"#/properties/key/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.value !== undefined){
let data2 = data.value;
if((typeof data2 !== "string") && (!(data2 && typeof data2 == "object" && !Array.isArray(data2)))){
const err5 = {instancePath:instancePath+"/value",schemaPath:"#/properties/value/type",keyword:"type",params:{type: schema26.properties.value.type},message:"must be string,object"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
const _errs8 = errors;
let valid1 = true;
const _errs9 = errors;
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
if(data2.schema !== undefined){
const err6 = {};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
var _valid0 = _errs9 === errors;
errors = _errs8;
if(vErrors !== null){
if(_errs8){
vErrors.length = _errs8;
}
else {
vErrors = null;
}
}
if(_valid0){
const _errs10 = errors;
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
if(data2.type === undefined){
const err7 = {instancePath:instancePath+"/value",schemaPath:"#/properties/value/then/required",keyword:"required",params:{missingProperty: "type"},message:"must have required property '"+"type"+"'"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
var _valid0 = _errs10 === errors;
valid1 = _valid0;
}
if(!valid1){
const err8 = {instancePath:instancePath+"/value",schemaPath:"#/properties/value/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
for(const key1 in data2){
if(!((((key1 === "type") || (key1 === "from")) || (key1 === "allow-any")) || (key1 === "schema"))){
const err9 = {instancePath:instancePath+"/value",schemaPath:"#/properties/value/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data2.type !== undefined){
if(typeof data2.type !== "string"){
const err10 = {instancePath:instancePath+"/value/type",schemaPath:"#/properties/value/properties/type/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data2.from !== undefined){
if(typeof data2.from !== "string"){
const err11 = {instancePath:instancePath+"/value/from",schemaPath:"#/properties/value/properties/from/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data2["allow-any"] !== undefined){
let data6 = data2["allow-any"];
if(Array.isArray(data6)){
if(data6.length < 1){
const err12 = {instancePath:instancePath+"/value/allow-any",schemaPath:"#/properties/value/properties/allow-any/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
const len0 = data6.length;
for(let i0=0; i0<len0; i0++){
if(typeof data6[i0] !== "string"){
const err13 = {instancePath:instancePath+"/value/allow-any/" + i0,schemaPath:"#/properties/value/properties/allow-any/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
}
else {
const err14 = {instancePath:instancePath+"/value/allow-any",schemaPath:"#/properties/value/properties/allow-any/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data2.schema !== undefined){
const _errs21 = errors;
let valid6 = false;
const _errs22 = errors;
var _valid1 = _errs22 === errors;
valid6 = valid6 || _valid1;
if(!valid6){
const _errs23 = errors;
if(typeof data2.schema !== "string"){
const err15 = {instancePath:instancePath+"/value/schema",schemaPath:"#/properties/value/properties/schema/anyOf/1/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
var _valid1 = _errs23 === errors;
valid6 = valid6 || _valid1;
}
if(!valid6){
const err16 = {instancePath:instancePath+"/value/schema",schemaPath:"#/properties/value/properties/schema/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf"};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
else {
errors = _errs21;
if(vErrors !== null){
if(_errs21){
vErrors.length = _errs21;
}
else {
vErrors = null;
}
}
}
}
}
}
if(data.ttl !== undefined){
let data9 = data.ttl;
if(typeof data9 === "string"){
if(!pattern7.test(data9)){
const err17 = {instancePath:instancePath+"/ttl",schemaPath:"#/definitions/ttl/pattern",keyword:"pattern",params:{pattern: "^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*|forever)$"},message:"must match pattern \""+"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*|forever)$"+"\""};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
else {
const err18 = {instancePath:instancePath+"/ttl",schemaPath:"#/definitions/ttl/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data["max-ttl"] !== undefined){
let data10 = data["max-ttl"];
if(typeof data10 === "string"){
if(!pattern7.test(data10)){
const err19 = {instancePath:instancePath+"/max-ttl",schemaPath:"#/definitions/maxTtl/pattern",keyword:"pattern",params:{pattern: "^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*|forever)$"},message:"must match pattern \""+"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*|forever)$"+"\""};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
else {
const err20 = {instancePath:instancePath+"/max-ttl",schemaPath:"#/definitions/maxTtl/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
if(data.backend !== undefined){
if(typeof data.backend !== "string"){
const err21 = {instancePath:instancePath+"/backend",schemaPath:"#/definitions/backendName/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
if(data.serializer !== undefined){
let data12 = data.serializer;
if(((typeof data12 !== "string") && (!(Array.isArray(data12)))) && (data12 !== null)){
const err22 = {instancePath:instancePath+"/serializer",schemaPath:"#/definitions/serializer/type",keyword:"type",params:{type: schema15.type},message:"must be string,array,null"};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
if(Array.isArray(data12)){
if(data12.length < 1){
const err23 = {instancePath:instancePath+"/serializer",schemaPath:"#/definitions/serializer/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
const len1 = data12.length;
for(let i1=0; i1<len1; i1++){
let data13 = data12[i1];
if((typeof data13 !== "string") && (data13 !== null)){
const err24 = {instancePath:instancePath+"/serializer/" + i1,schemaPath:"#/definitions/serializer/items/type",keyword:"type",params:{type: schema15.items.type},message:"must be string,null"};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
}
}
if(data.offload !== undefined){
let data14 = data.offload;
if(typeof data14 === "string"){
if(!pattern9.test(data14)){
const err25 = {instancePath:instancePath+"/offload",schemaPath:"#/definitions/offload/pattern",keyword:"pattern",params:{pattern: "^(?:always|0*[1-9]\\d*(?:[kKmMgG]?[bB]))$"},message:"must match pattern \""+"^(?:always|0*[1-9]\\d*(?:[kKmMgG]?[bB]))$"+"\""};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
else {
const err26 = {instancePath:instancePath+"/offload",schemaPath:"#/definitions/offload/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
if(data.validate !== undefined){
if(typeof data.validate !== "boolean"){
const err27 = {instancePath:instancePath+"/validate",schemaPath:"#/definitions/validate/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
if(data.isolation !== undefined){
let data16 = data.isolation;
if(!(((data16 === "clone") || (data16 === "freeze")) || (data16 === "share"))){
const err28 = {instancePath:instancePath+"/isolation",schemaPath:"#/definitions/isolation/enum",keyword:"enum",params:{allowedValues: schema20.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
if(data.revision !== undefined){
let data17 = data.revision;
if(!(((typeof data17 == "number") && (!(data17 % 1) && !isNaN(data17))) && (isFinite(data17)))){
const err29 = {instancePath:instancePath+"/revision",schemaPath:"#/definitions/revision/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
if((typeof data17 == "number") && (isFinite(data17))){
if(data17 > 9007199254740991 || isNaN(data17)){
const err30 = {instancePath:instancePath+"/revision",schemaPath:"#/definitions/revision/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
if(data17 < 1 || isNaN(data17)){
const err31 = {instancePath:instancePath+"/revision",schemaPath:"#/definitions/revision/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
}
if(data.mode !== undefined){
let data18 = data.mode;
if(typeof data18 !== "string"){
const err32 = {instancePath:instancePath+"/mode",schemaPath:"#/definitions/mode/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
if(!((data18 === "async") || (data18 === "sync"))){
const err33 = {instancePath:instancePath+"/mode",schemaPath:"#/definitions/mode/enum",keyword:"enum",params:{allowedValues: schema21.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
if(data.blocking !== undefined){
if(typeof data.blocking !== "boolean"){
const err34 = {instancePath:instancePath+"/blocking",schemaPath:"#/definitions/blocking/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
}
else {
const err35 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
validate11.errors = vErrors;
return errors === 0;
}

const schema39 = {"type":"object","additionalProperties":false,"required":["function"],"properties":{"function":{"$ref":"#/definitions/functionName"},"batch":{"type":"string"},"max-batch":{"type":"integer","minimum":1,"maximum":9007199254740991},"cache":{"type":"string"},"parameters":{"type":"object","minProperties":1,"additionalProperties":{"type":"string"}},"ignore":{"type":"array","minItems":1,"items":{"type":"string"}},"ttl":{"$ref":"#/definitions/ttl"},"max-ttl":{"$ref":"#/definitions/maxTtl"},"backend":{"$ref":"#/definitions/backendName"},"serializer":{"$ref":"#/definitions/serializer"},"offload":{"$ref":"#/definitions/offload"},"validate":{"$ref":"#/definitions/validate"},"isolation":{"$ref":"#/definitions/isolation"},"revision":{"$ref":"#/definitions/revision"},"mode":{"$ref":"#/definitions/mode"},"blocking":{"$ref":"#/definitions/blocking"}}};
const schema40 = {"type":"string"};

function validate13(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.function === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "function"},message:"must have required property '"+"function"+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!(func2.call(schema39.properties, key0))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.function !== undefined){
if(typeof data.function !== "string"){
const err2 = {instancePath:instancePath+"/function",schemaPath:"#/definitions/functionName/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.batch !== undefined){
if(typeof data.batch !== "string"){
const err3 = {instancePath:instancePath+"/batch",schemaPath:"#/properties/batch/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data["max-batch"] !== undefined){
let data2 = data["max-batch"];
if(!(((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2))) && (isFinite(data2)))){
const err4 = {instancePath:instancePath+"/max-batch",schemaPath:"#/properties/max-batch/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if((typeof data2 == "number") && (isFinite(data2))){
if(data2 > 9007199254740991 || isNaN(data2)){
const err5 = {instancePath:instancePath+"/max-batch",schemaPath:"#/properties/max-batch/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(data2 < 1 || isNaN(data2)){
const err6 = {instancePath:instancePath+"/max-batch",schemaPath:"#/properties/max-batch/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
}
if(data.cache !== undefined){
if(typeof data.cache !== "string"){
const err7 = {instancePath:instancePath+"/cache",schemaPath:"#/properties/cache/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.parameters !== undefined){
let data4 = data.parameters;
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
if(Object.keys(data4).length < 1){
const err8 = {instancePath:instancePath+"/parameters",schemaPath:"#/properties/parameters/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
for(const key1 in data4){
if(typeof data4[key1] !== "string"){
const err9 = {instancePath:instancePath+"/parameters/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/parameters/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
}
else {
const err10 = {instancePath:instancePath+"/parameters",schemaPath:"#/properties/parameters/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data.ignore !== undefined){
let data6 = data.ignore;
if(Array.isArray(data6)){
if(data6.length < 1){
const err11 = {instancePath:instancePath+"/ignore",schemaPath:"#/properties/ignore/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
const len0 = data6.length;
for(let i0=0; i0<len0; i0++){
if(typeof data6[i0] !== "string"){
const err12 = {instancePath:instancePath+"/ignore/" + i0,schemaPath:"#/properties/ignore/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
}
else {
const err13 = {instancePath:instancePath+"/ignore",schemaPath:"#/properties/ignore/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data.ttl !== undefined){
let data8 = data.ttl;
if(typeof data8 === "string"){
if(!pattern7.test(data8)){
const err14 = {instancePath:instancePath+"/ttl",schemaPath:"#/definitions/ttl/pattern",keyword:"pattern",params:{pattern: "^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*|forever)$"},message:"must match pattern \""+"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*|forever)$"+"\""};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
else {
const err15 = {instancePath:instancePath+"/ttl",schemaPath:"#/definitions/ttl/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
if(data["max-ttl"] !== undefined){
let data9 = data["max-ttl"];
if(typeof data9 === "string"){
if(!pattern7.test(data9)){
const err16 = {instancePath:instancePath+"/max-ttl",schemaPath:"#/definitions/maxTtl/pattern",keyword:"pattern",params:{pattern: "^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*|forever)$"},message:"must match pattern \""+"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*|forever)$"+"\""};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
else {
const err17 = {instancePath:instancePath+"/max-ttl",schemaPath:"#/definitions/maxTtl/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
if(data.backend !== undefined){
if(typeof data.backend !== "string"){
const err18 = {instancePath:instancePath+"/backend",schemaPath:"#/definitions/backendName/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data.serializer !== undefined){
let data11 = data.serializer;
if(((typeof data11 !== "string") && (!(Array.isArray(data11)))) && (data11 !== null)){
const err19 = {instancePath:instancePath+"/serializer",schemaPath:"#/definitions/serializer/type",keyword:"type",params:{type: schema15.type},message:"must be string,array,null"};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
if(Array.isArray(data11)){
if(data11.length < 1){
const err20 = {instancePath:instancePath+"/serializer",schemaPath:"#/definitions/serializer/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
const len1 = data11.length;
for(let i1=0; i1<len1; i1++){
let data12 = data11[i1];
if((typeof data12 !== "string") && (data12 !== null)){
const err21 = {instancePath:instancePath+"/serializer/" + i1,schemaPath:"#/definitions/serializer/items/type",keyword:"type",params:{type: schema15.items.type},message:"must be string,null"};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
}
}
if(data.offload !== undefined){
let data13 = data.offload;
if(typeof data13 === "string"){
if(!pattern9.test(data13)){
const err22 = {instancePath:instancePath+"/offload",schemaPath:"#/definitions/offload/pattern",keyword:"pattern",params:{pattern: "^(?:always|0*[1-9]\\d*(?:[kKmMgG]?[bB]))$"},message:"must match pattern \""+"^(?:always|0*[1-9]\\d*(?:[kKmMgG]?[bB]))$"+"\""};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
else {
const err23 = {instancePath:instancePath+"/offload",schemaPath:"#/definitions/offload/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
if(data.validate !== undefined){
if(typeof data.validate !== "boolean"){
const err24 = {instancePath:instancePath+"/validate",schemaPath:"#/definitions/validate/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
if(data.isolation !== undefined){
let data15 = data.isolation;
if(!(((data15 === "clone") || (data15 === "freeze")) || (data15 === "share"))){
const err25 = {instancePath:instancePath+"/isolation",schemaPath:"#/definitions/isolation/enum",keyword:"enum",params:{allowedValues: schema20.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
if(data.revision !== undefined){
let data16 = data.revision;
if(!(((typeof data16 == "number") && (!(data16 % 1) && !isNaN(data16))) && (isFinite(data16)))){
const err26 = {instancePath:instancePath+"/revision",schemaPath:"#/definitions/revision/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
if((typeof data16 == "number") && (isFinite(data16))){
if(data16 > 9007199254740991 || isNaN(data16)){
const err27 = {instancePath:instancePath+"/revision",schemaPath:"#/definitions/revision/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
if(data16 < 1 || isNaN(data16)){
const err28 = {instancePath:instancePath+"/revision",schemaPath:"#/definitions/revision/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
}
if(data.mode !== undefined){
let data17 = data.mode;
if(typeof data17 !== "string"){
const err29 = {instancePath:instancePath+"/mode",schemaPath:"#/definitions/mode/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
if(!((data17 === "async") || (data17 === "sync"))){
const err30 = {instancePath:instancePath+"/mode",schemaPath:"#/definitions/mode/enum",keyword:"enum",params:{allowedValues: schema21.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
if(data.blocking !== undefined){
if(typeof data.blocking !== "boolean"){
const err31 = {instancePath:instancePath+"/blocking",schemaPath:"#/definitions/blocking/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
}
else {
const err32 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
validate13.errors = vErrors;
return errors === 0;
}

const schema52 = {"type":"object","additionalProperties":false,"required":["function","invalidates"],"properties":{"function":{"$ref":"#/definitions/functionName"},"invalidates":{"type":"array","minItems":1,"items":{"$ref":"#/definitions/invalidation"}},"before":{"type":"boolean"},"on-invalidation-error":{"$ref":"#/definitions/onInvalidationError"}}};
const schema54 = {"type":["string","object"],"additionalProperties":false,"required":["target"],"properties":{"target":{"type":"string"},"before":{"type":"boolean"}}};

function validate15(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.function === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "function"},message:"must have required property '"+"function"+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.invalidates === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "invalidates"},message:"must have required property '"+"invalidates"+"'"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!((((key0 === "function") || (key0 === "invalidates")) || (key0 === "before")) || (key0 === "on-invalidation-error"))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.function !== undefined){
if(typeof data.function !== "string"){
const err3 = {instancePath:instancePath+"/function",schemaPath:"#/definitions/functionName/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.invalidates !== undefined){
let data1 = data.invalidates;
if(Array.isArray(data1)){
if(data1.length < 1){
const err4 = {instancePath:instancePath+"/invalidates",schemaPath:"#/properties/invalidates/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
let data2 = data1[i0];
if((typeof data2 !== "string") && (!(data2 && typeof data2 == "object" && !Array.isArray(data2)))){
const err5 = {instancePath:instancePath+"/invalidates/" + i0,schemaPath:"#/definitions/invalidation/type",keyword:"type",params:{type: schema54.type},message:"must be string,object"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
if(data2.target === undefined){
const err6 = {instancePath:instancePath+"/invalidates/" + i0,schemaPath:"#/definitions/invalidation/required",keyword:"required",params:{missingProperty: "target"},message:"must have required property '"+"target"+"'"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
for(const key1 in data2){
if(!((key1 === "target") || (key1 === "before"))){
const err7 = {instancePath:instancePath+"/invalidates/" + i0,schemaPath:"#/definitions/invalidation/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data2.target !== undefined){
if(typeof data2.target !== "string"){
const err8 = {instancePath:instancePath+"/invalidates/" + i0+"/target",schemaPath:"#/definitions/invalidation/properties/target/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data2.before !== undefined){
if(typeof data2.before !== "boolean"){
const err9 = {instancePath:instancePath+"/invalidates/" + i0+"/before",schemaPath:"#/definitions/invalidation/properties/before/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
}
}
}
else {
const err10 = {instancePath:instancePath+"/invalidates",schemaPath:"#/properties/invalidates/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data.before !== undefined){
if(typeof data.before !== "boolean"){
const err11 = {instancePath:instancePath+"/before",schemaPath:"#/properties/before/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data["on-invalidation-error"] !== undefined){
let data6 = data["on-invalidation-error"];
if(typeof data6 !== "string"){
const err12 = {instancePath:instancePath+"/on-invalidation-error",schemaPath:"#/definitions/onInvalidationError/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
if(!((data6 === "throw") || (data6 === "warn"))){
const err13 = {instancePath:instancePath+"/on-invalidation-error",schemaPath:"#/definitions/onInvalidationError/enum",keyword:"enum",params:{allowedValues: schema23.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
}
else {
const err14 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
validate15.errors = vErrors;
return errors === 0;
}


function validate10(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.version === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "version"},message:"must have required property '"+"version"+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!((func2.call(schema11.properties, key0)) || (pattern0.test(key0)))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.version !== undefined){
if(1 !== data.version){
const err2 = {instancePath:instancePath+"/version",schemaPath:"#/properties/version/const",keyword:"const",params:{allowedValue: 1},message:"must be equal to constant"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.output !== undefined){
let data1 = data.output;
if(typeof data1 === "string"){
if(!pattern1.test(data1)){
const err3 = {instancePath:instancePath+"/output",schemaPath:"#/properties/output/pattern",keyword:"pattern",params:{pattern: "^(?!/)(?!\\.{1,2}/*$)[^\\\\]+$"},message:"must match pattern \""+"^(?!/)(?!\\.{1,2}/*$)[^\\\\]+$"+"\""};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
else {
const err4 = {instancePath:instancePath+"/output",schemaPath:"#/properties/output/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.include !== undefined){
let data2 = data.include;
if(Array.isArray(data2)){
if(data2.length < 1){
const err5 = {instancePath:instancePath+"/include",schemaPath:"#/properties/include/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
if(typeof data2[i0] !== "string"){
const err6 = {instancePath:instancePath+"/include/" + i0,schemaPath:"#/properties/include/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
}
else {
const err7 = {instancePath:instancePath+"/include",schemaPath:"#/properties/include/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.rules !== undefined){
let data4 = data.rules;
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
for(const key1 in data4){
if(!((func2.call(schema11.properties.rules.properties, key1)) || (pattern2.test(key1)))){
const err8 = {instancePath:instancePath+"/rules",schemaPath:"#/properties/rules/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data4["process-local-fallback"] !== undefined){
let data5 = data4["process-local-fallback"];
if(typeof data5 !== "string"){
const err9 = {instancePath:instancePath+"/rules/process-local-fallback",schemaPath:"#/properties/rules/properties/process-local-fallback/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if(!(((data5 === "off") || (data5 === "warning")) || (data5 === "error"))){
const err10 = {instancePath:instancePath+"/rules/process-local-fallback",schemaPath:"#/properties/rules/properties/process-local-fallback/enum",keyword:"enum",params:{allowedValues: schema11.properties.rules.properties["process-local-fallback"].enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data4["unclearable-cache"] !== undefined){
let data6 = data4["unclearable-cache"];
if(typeof data6 !== "string"){
const err11 = {instancePath:instancePath+"/rules/unclearable-cache",schemaPath:"#/properties/rules/properties/unclearable-cache/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
if(!(((data6 === "off") || (data6 === "warning")) || (data6 === "error"))){
const err12 = {instancePath:instancePath+"/rules/unclearable-cache",schemaPath:"#/properties/rules/properties/unclearable-cache/enum",keyword:"enum",params:{allowedValues: schema11.properties.rules.properties["unclearable-cache"].enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data4["unused-development-url"] !== undefined){
let data7 = data4["unused-development-url"];
if(typeof data7 !== "string"){
const err13 = {instancePath:instancePath+"/rules/unused-development-url",schemaPath:"#/properties/rules/properties/unused-development-url/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
if(!(((data7 === "off") || (data7 === "warning")) || (data7 === "error"))){
const err14 = {instancePath:instancePath+"/rules/unused-development-url",schemaPath:"#/properties/rules/properties/unused-development-url/enum",keyword:"enum",params:{allowedValues: schema11.properties.rules.properties["unused-development-url"].enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data4["unused-blocking"] !== undefined){
let data8 = data4["unused-blocking"];
if(typeof data8 !== "string"){
const err15 = {instancePath:instancePath+"/rules/unused-blocking",schemaPath:"#/properties/rules/properties/unused-blocking/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
if(!(((data8 === "off") || (data8 === "warning")) || (data8 === "error"))){
const err16 = {instancePath:instancePath+"/rules/unused-blocking",schemaPath:"#/properties/rules/properties/unused-blocking/enum",keyword:"enum",params:{allowedValues: schema11.properties.rules.properties["unused-blocking"].enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data4["uninvalidated-cache"] !== undefined){
let data9 = data4["uninvalidated-cache"];
if(typeof data9 !== "string"){
const err17 = {instancePath:instancePath+"/rules/uninvalidated-cache",schemaPath:"#/properties/rules/properties/uninvalidated-cache/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
if(!(((data9 === "off") || (data9 === "warning")) || (data9 === "error"))){
const err18 = {instancePath:instancePath+"/rules/uninvalidated-cache",schemaPath:"#/properties/rules/properties/uninvalidated-cache/enum",keyword:"enum",params:{allowedValues: schema11.properties.rules.properties["uninvalidated-cache"].enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data4["unused-suppression"] !== undefined){
let data10 = data4["unused-suppression"];
if(typeof data10 !== "string"){
const err19 = {instancePath:instancePath+"/rules/unused-suppression",schemaPath:"#/properties/rules/properties/unused-suppression/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
if(!(((data10 === "off") || (data10 === "warning")) || (data10 === "error"))){
const err20 = {instancePath:instancePath+"/rules/unused-suppression",schemaPath:"#/properties/rules/properties/unused-suppression/enum",keyword:"enum",params:{allowedValues: schema11.properties.rules.properties["unused-suppression"].enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
if(data4["unused-backend"] !== undefined){
let data11 = data4["unused-backend"];
if(typeof data11 !== "string"){
const err21 = {instancePath:instancePath+"/rules/unused-backend",schemaPath:"#/properties/rules/properties/unused-backend/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
if(!(((data11 === "off") || (data11 === "warning")) || (data11 === "error"))){
const err22 = {instancePath:instancePath+"/rules/unused-backend",schemaPath:"#/properties/rules/properties/unused-backend/enum",keyword:"enum",params:{allowedValues: schema11.properties.rules.properties["unused-backend"].enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
if(data4["unused-default"] !== undefined){
let data12 = data4["unused-default"];
if(typeof data12 !== "string"){
const err23 = {instancePath:instancePath+"/rules/unused-default",schemaPath:"#/properties/rules/properties/unused-default/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
if(!(((data12 === "off") || (data12 === "warning")) || (data12 === "error"))){
const err24 = {instancePath:instancePath+"/rules/unused-default",schemaPath:"#/properties/rules/properties/unused-default/enum",keyword:"enum",params:{allowedValues: schema11.properties.rules.properties["unused-default"].enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
if(data4["unknown-environment-name"] !== undefined){
let data13 = data4["unknown-environment-name"];
if(typeof data13 !== "string"){
const err25 = {instancePath:instancePath+"/rules/unknown-environment-name",schemaPath:"#/properties/rules/properties/unknown-environment-name/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
if(!(((data13 === "off") || (data13 === "warning")) || (data13 === "error"))){
const err26 = {instancePath:instancePath+"/rules/unknown-environment-name",schemaPath:"#/properties/rules/properties/unknown-environment-name/enum",keyword:"enum",params:{allowedValues: schema11.properties.rules.properties["unknown-environment-name"].enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
if(data4["unused-environment-name"] !== undefined){
let data14 = data4["unused-environment-name"];
if(typeof data14 !== "string"){
const err27 = {instancePath:instancePath+"/rules/unused-environment-name",schemaPath:"#/properties/rules/properties/unused-environment-name/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
if(!(((data14 === "off") || (data14 === "warning")) || (data14 === "error"))){
const err28 = {instancePath:instancePath+"/rules/unused-environment-name",schemaPath:"#/properties/rules/properties/unused-environment-name/enum",keyword:"enum",params:{allowedValues: schema11.properties.rules.properties["unused-environment-name"].enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
if(data4["unreachable-ttl"] !== undefined){
let data15 = data4["unreachable-ttl"];
if(typeof data15 !== "string"){
const err29 = {instancePath:instancePath+"/rules/unreachable-ttl",schemaPath:"#/properties/rules/properties/unreachable-ttl/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
if(!(((data15 === "off") || (data15 === "warning")) || (data15 === "error"))){
const err30 = {instancePath:instancePath+"/rules/unreachable-ttl",schemaPath:"#/properties/rules/properties/unreachable-ttl/enum",keyword:"enum",params:{allowedValues: schema11.properties.rules.properties["unreachable-ttl"].enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
if(data4["unbounded-memory"] !== undefined){
let data16 = data4["unbounded-memory"];
if(typeof data16 !== "string"){
const err31 = {instancePath:instancePath+"/rules/unbounded-memory",schemaPath:"#/properties/rules/properties/unbounded-memory/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
if(!(((data16 === "off") || (data16 === "warning")) || (data16 === "error"))){
const err32 = {instancePath:instancePath+"/rules/unbounded-memory",schemaPath:"#/properties/rules/properties/unbounded-memory/enum",keyword:"enum",params:{allowedValues: schema11.properties.rules.properties["unbounded-memory"].enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
if(data4["useless-memory"] !== undefined){
let data17 = data4["useless-memory"];
if(typeof data17 !== "string"){
const err33 = {instancePath:instancePath+"/rules/useless-memory",schemaPath:"#/properties/rules/properties/useless-memory/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
if(!(((data17 === "off") || (data17 === "warning")) || (data17 === "error"))){
const err34 = {instancePath:instancePath+"/rules/useless-memory",schemaPath:"#/properties/rules/properties/useless-memory/enum",keyword:"enum",params:{allowedValues: schema11.properties.rules.properties["useless-memory"].enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
if(data4["forever-without-eviction"] !== undefined){
let data18 = data4["forever-without-eviction"];
if(typeof data18 !== "string"){
const err35 = {instancePath:instancePath+"/rules/forever-without-eviction",schemaPath:"#/properties/rules/properties/forever-without-eviction/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
if(!(((data18 === "off") || (data18 === "warning")) || (data18 === "error"))){
const err36 = {instancePath:instancePath+"/rules/forever-without-eviction",schemaPath:"#/properties/rules/properties/forever-without-eviction/enum",keyword:"enum",params:{allowedValues: schema11.properties.rules.properties["forever-without-eviction"].enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
if(data4["useless-compressor"] !== undefined){
let data19 = data4["useless-compressor"];
if(typeof data19 !== "string"){
const err37 = {instancePath:instancePath+"/rules/useless-compressor",schemaPath:"#/properties/rules/properties/useless-compressor/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
if(!(((data19 === "off") || (data19 === "warning")) || (data19 === "error"))){
const err38 = {instancePath:instancePath+"/rules/useless-compressor",schemaPath:"#/properties/rules/properties/useless-compressor/enum",keyword:"enum",params:{allowedValues: schema11.properties.rules.properties["useless-compressor"].enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
}
if(data4["unused-isolation"] !== undefined){
let data20 = data4["unused-isolation"];
if(typeof data20 !== "string"){
const err39 = {instancePath:instancePath+"/rules/unused-isolation",schemaPath:"#/properties/rules/properties/unused-isolation/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
if(!(((data20 === "off") || (data20 === "warning")) || (data20 === "error"))){
const err40 = {instancePath:instancePath+"/rules/unused-isolation",schemaPath:"#/properties/rules/properties/unused-isolation/enum",keyword:"enum",params:{allowedValues: schema11.properties.rules.properties["unused-isolation"].enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
}
if(data4["unused-allow-any"] !== undefined){
let data21 = data4["unused-allow-any"];
if(typeof data21 !== "string"){
const err41 = {instancePath:instancePath+"/rules/unused-allow-any",schemaPath:"#/properties/rules/properties/unused-allow-any/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
if(!(((data21 === "off") || (data21 === "warning")) || (data21 === "error"))){
const err42 = {instancePath:instancePath+"/rules/unused-allow-any",schemaPath:"#/properties/rules/properties/unused-allow-any/enum",keyword:"enum",params:{allowedValues: schema11.properties.rules.properties["unused-allow-any"].enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
}
if(data4["missing-package"] !== undefined){
let data22 = data4["missing-package"];
if(typeof data22 !== "string"){
const err43 = {instancePath:instancePath+"/rules/missing-package",schemaPath:"#/properties/rules/properties/missing-package/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
if(!(((data22 === "off") || (data22 === "warning")) || (data22 === "error"))){
const err44 = {instancePath:instancePath+"/rules/missing-package",schemaPath:"#/properties/rules/properties/missing-package/enum",keyword:"enum",params:{allowedValues: schema11.properties.rules.properties["missing-package"].enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
}
if(data4["missing-runtime"] !== undefined){
let data23 = data4["missing-runtime"];
if(typeof data23 !== "string"){
const err45 = {instancePath:instancePath+"/rules/missing-runtime",schemaPath:"#/properties/rules/properties/missing-runtime/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
if(!(((data23 === "off") || (data23 === "warning")) || (data23 === "error"))){
const err46 = {instancePath:instancePath+"/rules/missing-runtime",schemaPath:"#/properties/rules/properties/missing-runtime/enum",keyword:"enum",params:{allowedValues: schema11.properties.rules.properties["missing-runtime"].enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
}
for(const key2 in data4){
if(pattern2.test(key2)){
let data24 = data4[key2];
if(typeof data24 !== "string"){
const err47 = {instancePath:instancePath+"/rules/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/rules/patternProperties/%5EC%5Cd%7B4%7D%24/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
if(!(((data24 === "off") || (data24 === "warning")) || (data24 === "error"))){
const err48 = {instancePath:instancePath+"/rules/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/rules/patternProperties/%5EC%5Cd%7B4%7D%24/enum",keyword:"enum",params:{allowedValues: schema11.properties.rules.patternProperties["^C\\d{4}$"].enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
}
}
}
else {
const err49 = {instancePath:instancePath+"/rules",schemaPath:"#/properties/rules/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
}
if(data.environment !== undefined){
let data25 = data.environment;
if(Array.isArray(data25)){
const len1 = data25.length;
for(let i1=0; i1<len1; i1++){
let data26 = data25[i1];
if(typeof data26 === "string"){
if(!pattern4.test(data26)){
const err50 = {instancePath:instancePath+"/environment/" + i1,schemaPath:"#/properties/environment/items/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z_][A-Za-z0-9_]*$"},message:"must match pattern \""+"^[A-Za-z_][A-Za-z0-9_]*$"+"\""};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
}
}
else {
const err51 = {instancePath:instancePath+"/environment/" + i1,schemaPath:"#/properties/environment/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
}
}
else {
const err52 = {instancePath:instancePath+"/environment",schemaPath:"#/properties/environment/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err52];
}
else {
vErrors.push(err52);
}
errors++;
}
}
if(data.backends !== undefined){
let data27 = data.backends;
if(data27 && typeof data27 == "object" && !Array.isArray(data27)){
if(Object.keys(data27).length < 1){
const err53 = {instancePath:instancePath+"/backends",schemaPath:"#/properties/backends/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
if(vErrors === null){
vErrors = [err53];
}
else {
vErrors.push(err53);
}
errors++;
}
for(const key3 in data27){
const _errs58 = errors;
if(typeof key3 === "string"){
if(!pattern5.test(key3)){
const err54 = {instancePath:instancePath+"/backends",schemaPath:"#/definitions/name/pattern",keyword:"pattern",params:{pattern: "^[a-z][A-Za-z0-9]*$"},message:"must match pattern \""+"^[a-z][A-Za-z0-9]*$"+"\"",propertyName:key3};
if(vErrors === null){
vErrors = [err54];
}
else {
vErrors.push(err54);
}
errors++;
}
}
else {
const err55 = {instancePath:instancePath+"/backends",schemaPath:"#/definitions/name/type",keyword:"type",params:{type: "string"},message:"must be string",propertyName:key3};
if(vErrors === null){
vErrors = [err55];
}
else {
vErrors.push(err55);
}
errors++;
}
var valid7 = _errs58 === errors;
if(!valid7){
const err56 = {instancePath:instancePath+"/backends",schemaPath:"#/properties/backends/propertyNames",keyword:"propertyNames",params:{propertyName: key3},message:"property name must be valid"};
if(vErrors === null){
vErrors = [err56];
}
else {
vErrors.push(err56);
}
errors++;
}
}
for(const key4 in data27){
let data28 = data27[key4];
if((typeof data28 !== "string") && (!(data28 && typeof data28 == "object" && !Array.isArray(data28)))){
const err57 = {instancePath:instancePath+"/backends/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/backend/type",keyword:"type",params:{type: schema13.type},message:"must be string,object"};
if(vErrors === null){
vErrors = [err57];
}
else {
vErrors.push(err57);
}
errors++;
}
if(data28 && typeof data28 == "object" && !Array.isArray(data28)){
if(data28.url === undefined){
const err58 = {instancePath:instancePath+"/backends/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/backend/required",keyword:"required",params:{missingProperty: "url"},message:"must have required property '"+"url"+"'"};
if(vErrors === null){
vErrors = [err58];
}
else {
vErrors.push(err58);
}
errors++;
}
for(const key5 in data28){
if(!(((((((key5 === "url") || (key5 === "development")) || (key5 === "schemes")) || (key5 === "distinct")) || (key5 === "evicts")) || (key5 === "prefix")) || (key5 === "description"))){
const err59 = {instancePath:instancePath+"/backends/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/backend/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key5},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err59];
}
else {
vErrors.push(err59);
}
errors++;
}
}
if(data28.url !== undefined){
if(typeof data28.url !== "string"){
const err60 = {instancePath:instancePath+"/backends/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/url",schemaPath:"#/definitions/backend/properties/url/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err60];
}
else {
vErrors.push(err60);
}
errors++;
}
}
if(data28.development !== undefined){
if(typeof data28.development !== "string"){
const err61 = {instancePath:instancePath+"/backends/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/development",schemaPath:"#/definitions/backend/properties/development/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err61];
}
else {
vErrors.push(err61);
}
errors++;
}
}
if(data28.schemes !== undefined){
let data31 = data28.schemes;
if(Array.isArray(data31)){
if(data31.length < 1){
const err62 = {instancePath:instancePath+"/backends/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/schemes",schemaPath:"#/definitions/backend/properties/schemes/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err62];
}
else {
vErrors.push(err62);
}
errors++;
}
const len2 = data31.length;
for(let i2=0; i2<len2; i2++){
if(typeof data31[i2] !== "string"){
const err63 = {instancePath:instancePath+"/backends/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/schemes/" + i2,schemaPath:"#/definitions/backend/properties/schemes/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err63];
}
else {
vErrors.push(err63);
}
errors++;
}
}
}
else {
const err64 = {instancePath:instancePath+"/backends/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/schemes",schemaPath:"#/definitions/backend/properties/schemes/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err64];
}
else {
vErrors.push(err64);
}
errors++;
}
}
if(data28.distinct !== undefined){
if(typeof data28.distinct !== "boolean"){
const err65 = {instancePath:instancePath+"/backends/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/distinct",schemaPath:"#/definitions/backend/properties/distinct/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err65];
}
else {
vErrors.push(err65);
}
errors++;
}
}
if(data28.evicts !== undefined){
if(typeof data28.evicts !== "boolean"){
const err66 = {instancePath:instancePath+"/backends/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/evicts",schemaPath:"#/definitions/backend/properties/evicts/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err66];
}
else {
vErrors.push(err66);
}
errors++;
}
}
if(data28.prefix !== undefined){
let data35 = data28.prefix;
if(typeof data35 === "string"){
if(!pattern6.test(data35)){
const err67 = {instancePath:instancePath+"/backends/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/prefix",schemaPath:"#/definitions/backend/properties/prefix/pattern",keyword:"pattern",params:{pattern: "^[^\\s~\\u0000-\\u001f\\u007f-\\u009f]*$"},message:"must match pattern \""+"^[^\\s~\\u0000-\\u001f\\u007f-\\u009f]*$"+"\""};
if(vErrors === null){
vErrors = [err67];
}
else {
vErrors.push(err67);
}
errors++;
}
}
else {
const err68 = {instancePath:instancePath+"/backends/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/prefix",schemaPath:"#/definitions/backend/properties/prefix/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err68];
}
else {
vErrors.push(err68);
}
errors++;
}
}
if(data28.description !== undefined){
if(typeof data28.description !== "string"){
const err69 = {instancePath:instancePath+"/backends/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/description",schemaPath:"#/definitions/backend/properties/description/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err69];
}
else {
vErrors.push(err69);
}
errors++;
}
}
}
}
}
else {
const err70 = {instancePath:instancePath+"/backends",schemaPath:"#/properties/backends/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err70];
}
else {
vErrors.push(err70);
}
errors++;
}
}
if(data.defaults !== undefined){
let data37 = data.defaults;
if(data37 && typeof data37 == "object" && !Array.isArray(data37)){
for(const key6 in data37){
if(!(func2.call(schema11.properties.defaults.properties, key6))){
const err71 = {instancePath:instancePath+"/defaults",schemaPath:"#/properties/defaults/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key6},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err71];
}
else {
vErrors.push(err71);
}
errors++;
}
}
if(data37.backend !== undefined){
if(typeof data37.backend !== "string"){
const err72 = {instancePath:instancePath+"/defaults/backend",schemaPath:"#/definitions/backendName/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err72];
}
else {
vErrors.push(err72);
}
errors++;
}
}
if(data37.serializer !== undefined){
let data39 = data37.serializer;
if(((typeof data39 !== "string") && (!(Array.isArray(data39)))) && (data39 !== null)){
const err73 = {instancePath:instancePath+"/defaults/serializer",schemaPath:"#/definitions/serializer/type",keyword:"type",params:{type: schema15.type},message:"must be string,array,null"};
if(vErrors === null){
vErrors = [err73];
}
else {
vErrors.push(err73);
}
errors++;
}
if(Array.isArray(data39)){
if(data39.length < 1){
const err74 = {instancePath:instancePath+"/defaults/serializer",schemaPath:"#/definitions/serializer/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err74];
}
else {
vErrors.push(err74);
}
errors++;
}
const len3 = data39.length;
for(let i3=0; i3<len3; i3++){
let data40 = data39[i3];
if((typeof data40 !== "string") && (data40 !== null)){
const err75 = {instancePath:instancePath+"/defaults/serializer/" + i3,schemaPath:"#/definitions/serializer/items/type",keyword:"type",params:{type: schema15.items.type},message:"must be string,null"};
if(vErrors === null){
vErrors = [err75];
}
else {
vErrors.push(err75);
}
errors++;
}
}
}
}
if(data37.ttl !== undefined){
let data41 = data37.ttl;
if(typeof data41 === "string"){
if(!pattern7.test(data41)){
const err76 = {instancePath:instancePath+"/defaults/ttl",schemaPath:"#/definitions/ttl/pattern",keyword:"pattern",params:{pattern: "^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*|forever)$"},message:"must match pattern \""+"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*|forever)$"+"\""};
if(vErrors === null){
vErrors = [err76];
}
else {
vErrors.push(err76);
}
errors++;
}
}
else {
const err77 = {instancePath:instancePath+"/defaults/ttl",schemaPath:"#/definitions/ttl/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err77];
}
else {
vErrors.push(err77);
}
errors++;
}
}
if(data37["max-ttl"] !== undefined){
let data42 = data37["max-ttl"];
if(typeof data42 === "string"){
if(!pattern7.test(data42)){
const err78 = {instancePath:instancePath+"/defaults/max-ttl",schemaPath:"#/definitions/maxTtl/pattern",keyword:"pattern",params:{pattern: "^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*|forever)$"},message:"must match pattern \""+"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*|forever)$"+"\""};
if(vErrors === null){
vErrors = [err78];
}
else {
vErrors.push(err78);
}
errors++;
}
}
else {
const err79 = {instancePath:instancePath+"/defaults/max-ttl",schemaPath:"#/definitions/maxTtl/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err79];
}
else {
vErrors.push(err79);
}
errors++;
}
}
if(data37.offload !== undefined){
let data43 = data37.offload;
if(typeof data43 === "string"){
if(!pattern9.test(data43)){
const err80 = {instancePath:instancePath+"/defaults/offload",schemaPath:"#/definitions/offload/pattern",keyword:"pattern",params:{pattern: "^(?:always|0*[1-9]\\d*(?:[kKmMgG]?[bB]))$"},message:"must match pattern \""+"^(?:always|0*[1-9]\\d*(?:[kKmMgG]?[bB]))$"+"\""};
if(vErrors === null){
vErrors = [err80];
}
else {
vErrors.push(err80);
}
errors++;
}
}
else {
const err81 = {instancePath:instancePath+"/defaults/offload",schemaPath:"#/definitions/offload/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err81];
}
else {
vErrors.push(err81);
}
errors++;
}
}
if(data37.validate !== undefined){
if(typeof data37.validate !== "boolean"){
const err82 = {instancePath:instancePath+"/defaults/validate",schemaPath:"#/definitions/validate/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err82];
}
else {
vErrors.push(err82);
}
errors++;
}
}
if(data37.isolation !== undefined){
let data45 = data37.isolation;
if(!(((data45 === "clone") || (data45 === "freeze")) || (data45 === "share"))){
const err83 = {instancePath:instancePath+"/defaults/isolation",schemaPath:"#/definitions/isolation/enum",keyword:"enum",params:{allowedValues: schema20.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err83];
}
else {
vErrors.push(err83);
}
errors++;
}
}
if(data37.mode !== undefined){
let data46 = data37.mode;
if(typeof data46 !== "string"){
const err84 = {instancePath:instancePath+"/defaults/mode",schemaPath:"#/definitions/mode/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err84];
}
else {
vErrors.push(err84);
}
errors++;
}
if(!((data46 === "async") || (data46 === "sync"))){
const err85 = {instancePath:instancePath+"/defaults/mode",schemaPath:"#/definitions/mode/enum",keyword:"enum",params:{allowedValues: schema21.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err85];
}
else {
vErrors.push(err85);
}
errors++;
}
}
if(data37.blocking !== undefined){
if(typeof data37.blocking !== "boolean"){
const err86 = {instancePath:instancePath+"/defaults/blocking",schemaPath:"#/definitions/blocking/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err86];
}
else {
vErrors.push(err86);
}
errors++;
}
}
if(data37["on-invalidation-error"] !== undefined){
let data48 = data37["on-invalidation-error"];
if(typeof data48 !== "string"){
const err87 = {instancePath:instancePath+"/defaults/on-invalidation-error",schemaPath:"#/definitions/onInvalidationError/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err87];
}
else {
vErrors.push(err87);
}
errors++;
}
if(!((data48 === "throw") || (data48 === "warn"))){
const err88 = {instancePath:instancePath+"/defaults/on-invalidation-error",schemaPath:"#/definitions/onInvalidationError/enum",keyword:"enum",params:{allowedValues: schema23.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err88];
}
else {
vErrors.push(err88);
}
errors++;
}
}
if(data37["long-lived"] !== undefined){
let data49 = data37["long-lived"];
if(typeof data49 === "string"){
if(!pattern7.test(data49)){
const err89 = {instancePath:instancePath+"/defaults/long-lived",schemaPath:"#/definitions/longLived/pattern",keyword:"pattern",params:{pattern: "^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*|forever)$"},message:"must match pattern \""+"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*|forever)$"+"\""};
if(vErrors === null){
vErrors = [err89];
}
else {
vErrors.push(err89);
}
errors++;
}
}
else {
const err90 = {instancePath:instancePath+"/defaults/long-lived",schemaPath:"#/definitions/longLived/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err90];
}
else {
vErrors.push(err90);
}
errors++;
}
}
}
else {
const err91 = {instancePath:instancePath+"/defaults",schemaPath:"#/properties/defaults/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err91];
}
else {
vErrors.push(err91);
}
errors++;
}
}
if(data.caches !== undefined){
let data50 = data.caches;
if(data50 && typeof data50 == "object" && !Array.isArray(data50)){
if(Object.keys(data50).length < 1){
const err92 = {instancePath:instancePath+"/caches",schemaPath:"#/properties/caches/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
if(vErrors === null){
vErrors = [err92];
}
else {
vErrors.push(err92);
}
errors++;
}
for(const key7 in data50){
const _errs121 = errors;
if(typeof key7 === "string"){
if(!pattern5.test(key7)){
const err93 = {instancePath:instancePath+"/caches",schemaPath:"#/definitions/name/pattern",keyword:"pattern",params:{pattern: "^[a-z][A-Za-z0-9]*$"},message:"must match pattern \""+"^[a-z][A-Za-z0-9]*$"+"\"",propertyName:key7};
if(vErrors === null){
vErrors = [err93];
}
else {
vErrors.push(err93);
}
errors++;
}
}
else {
const err94 = {instancePath:instancePath+"/caches",schemaPath:"#/definitions/name/type",keyword:"type",params:{type: "string"},message:"must be string",propertyName:key7};
if(vErrors === null){
vErrors = [err94];
}
else {
vErrors.push(err94);
}
errors++;
}
var valid28 = _errs121 === errors;
if(!valid28){
const err95 = {instancePath:instancePath+"/caches",schemaPath:"#/properties/caches/propertyNames",keyword:"propertyNames",params:{propertyName: key7},message:"property name must be valid"};
if(vErrors === null){
vErrors = [err95];
}
else {
vErrors.push(err95);
}
errors++;
}
}
for(const key8 in data50){
if(!(validate11(data50[key8], {instancePath:instancePath+"/caches/" + key8.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data50,parentDataProperty:key8,rootData}))){
vErrors = vErrors === null ? validate11.errors : vErrors.concat(validate11.errors);
errors = vErrors.length;
}
}
}
else {
const err96 = {instancePath:instancePath+"/caches",schemaPath:"#/properties/caches/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err96];
}
else {
vErrors.push(err96);
}
errors++;
}
}
if(data.memoize !== undefined){
let data52 = data.memoize;
if(data52 && typeof data52 == "object" && !Array.isArray(data52)){
if(Object.keys(data52).length < 1){
const err97 = {instancePath:instancePath+"/memoize",schemaPath:"#/properties/memoize/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
if(vErrors === null){
vErrors = [err97];
}
else {
vErrors.push(err97);
}
errors++;
}
for(const key9 in data52){
const _errs128 = errors;
if(typeof key9 === "string"){
if(!pattern5.test(key9)){
const err98 = {instancePath:instancePath+"/memoize",schemaPath:"#/definitions/name/pattern",keyword:"pattern",params:{pattern: "^[a-z][A-Za-z0-9]*$"},message:"must match pattern \""+"^[a-z][A-Za-z0-9]*$"+"\"",propertyName:key9};
if(vErrors === null){
vErrors = [err98];
}
else {
vErrors.push(err98);
}
errors++;
}
}
else {
const err99 = {instancePath:instancePath+"/memoize",schemaPath:"#/definitions/name/type",keyword:"type",params:{type: "string"},message:"must be string",propertyName:key9};
if(vErrors === null){
vErrors = [err99];
}
else {
vErrors.push(err99);
}
errors++;
}
var valid31 = _errs128 === errors;
if(!valid31){
const err100 = {instancePath:instancePath+"/memoize",schemaPath:"#/properties/memoize/propertyNames",keyword:"propertyNames",params:{propertyName: key9},message:"property name must be valid"};
if(vErrors === null){
vErrors = [err100];
}
else {
vErrors.push(err100);
}
errors++;
}
}
for(const key10 in data52){
if(!(validate13(data52[key10], {instancePath:instancePath+"/memoize/" + key10.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data52,parentDataProperty:key10,rootData}))){
vErrors = vErrors === null ? validate13.errors : vErrors.concat(validate13.errors);
errors = vErrors.length;
}
}
}
else {
const err101 = {instancePath:instancePath+"/memoize",schemaPath:"#/properties/memoize/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err101];
}
else {
vErrors.push(err101);
}
errors++;
}
}
if(data.mutate !== undefined){
let data54 = data.mutate;
if(data54 && typeof data54 == "object" && !Array.isArray(data54)){
if(Object.keys(data54).length < 1){
const err102 = {instancePath:instancePath+"/mutate",schemaPath:"#/properties/mutate/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
if(vErrors === null){
vErrors = [err102];
}
else {
vErrors.push(err102);
}
errors++;
}
for(const key11 in data54){
const _errs135 = errors;
if(typeof key11 === "string"){
if(!pattern5.test(key11)){
const err103 = {instancePath:instancePath+"/mutate",schemaPath:"#/definitions/name/pattern",keyword:"pattern",params:{pattern: "^[a-z][A-Za-z0-9]*$"},message:"must match pattern \""+"^[a-z][A-Za-z0-9]*$"+"\"",propertyName:key11};
if(vErrors === null){
vErrors = [err103];
}
else {
vErrors.push(err103);
}
errors++;
}
}
else {
const err104 = {instancePath:instancePath+"/mutate",schemaPath:"#/definitions/name/type",keyword:"type",params:{type: "string"},message:"must be string",propertyName:key11};
if(vErrors === null){
vErrors = [err104];
}
else {
vErrors.push(err104);
}
errors++;
}
var valid34 = _errs135 === errors;
if(!valid34){
const err105 = {instancePath:instancePath+"/mutate",schemaPath:"#/properties/mutate/propertyNames",keyword:"propertyNames",params:{propertyName: key11},message:"property name must be valid"};
if(vErrors === null){
vErrors = [err105];
}
else {
vErrors.push(err105);
}
errors++;
}
}
for(const key12 in data54){
if(!(validate15(data54[key12], {instancePath:instancePath+"/mutate/" + key12.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data54,parentDataProperty:key12,rootData}))){
vErrors = vErrors === null ? validate15.errors : vErrors.concat(validate15.errors);
errors = vErrors.length;
}
}
}
else {
const err106 = {instancePath:instancePath+"/mutate",schemaPath:"#/properties/mutate/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err106];
}
else {
vErrors.push(err106);
}
errors++;
}
}
}
else {
const err107 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err107];
}
else {
vErrors.push(err107);
}
errors++;
}
validate10.errors = vErrors;
return errors === 0;
}
