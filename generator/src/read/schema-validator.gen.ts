// @ts-nocheck
// @generated from schemas/caches.schema.json by scripts/build-schema-validator.mjs. Do not edit.
import type { SchemaValidator } from "./schema-error.ts";

export const validate: SchemaValidator = validate10;
const schema11 = {"$schema":"http://json-schema.org/draft-07/schema#","type":"object","additionalProperties":false,"required":["version"],"patternProperties":{"^x-":{}},"properties":{"version":{"const":1},"output":{"type":"string","pattern":"^(?!/)(?!\\.{1,2}/*$)[^\\\\]+$"},"include":{"type":"array","minItems":1,"items":{"type":"string"}},"rules":{"type":"object","additionalProperties":false,"patternProperties":{"^C\\d{4}$":{"type":"string","enum":["off","warning","error"]}},"properties":{"process-local-fallback":{"type":"string","enum":["off","warning","error"]},"unclearable-cache":{"type":"string","enum":["off","warning","error"]},"unused-development-url":{"type":"string","enum":["off","warning","error"]},"unused-blocking":{"type":"string","enum":["off","warning","error"]},"uninvalidated-cache":{"type":"string","enum":["off","warning","error"]},"unused-suppression":{"type":"string","enum":["off","warning","error"]},"unused-backend":{"type":"string","enum":["off","warning","error"]},"unused-default":{"type":"string","enum":["off","warning","error"]},"unknown-environment-name":{"type":"string","enum":["off","warning","error"]},"unused-environment-name":{"type":"string","enum":["off","warning","error"]},"unreachable-ttl":{"type":"string","enum":["off","warning","error"]},"unbounded-memory":{"type":"string","enum":["off","warning","error"]},"useless-memory":{"type":"string","enum":["off","warning","error"]},"forever-without-eviction":{"type":"string","enum":["off","warning","error"]},"useless-compressor":{"type":"string","enum":["off","warning","error"]},"unused-isolation":{"type":"string","enum":["off","warning","error"]},"undecided-null":{"type":"string","enum":["off","warning","error"]},"unused-negative":{"type":"string","enum":["off","warning","error"]},"unused-allow-any":{"type":"string","enum":["off","warning","error"]},"missing-package":{"type":"string","enum":["off","warning","error"]},"missing-runtime":{"type":"string","enum":["off","warning","error"]}}},"environment":{"type":"array","items":{"type":"string","pattern":"^[A-Za-z_][A-Za-z0-9_]*$"}},"backends":{"type":"object","minProperties":1,"propertyNames":{"$ref":"#/definitions/name"},"additionalProperties":{"$ref":"#/definitions/backend"}},"defaults":{"type":"object","additionalProperties":false,"properties":{"backend":{"$ref":"#/definitions/backendName"},"serializer":{"$ref":"#/definitions/serializer"},"ttl":{"$ref":"#/definitions/ttl"},"max-ttl":{"$ref":"#/definitions/maxTtl"},"jitter":{"$ref":"#/definitions/jitter"},"negative":{"$ref":"#/definitions/negative"},"max-value-size":{"$ref":"#/definitions/maxValueSize"},"offload":{"$ref":"#/definitions/offload"},"validate":{"$ref":"#/definitions/validate"},"isolation":{"$ref":"#/definitions/isolation"},"mode":{"$ref":"#/definitions/mode"},"blocking":{"$ref":"#/definitions/blocking"},"on-invalidation-error":{"$ref":"#/definitions/onInvalidationError"},"long-lived":{"$ref":"#/definitions/longLived"}}},"caches":{"type":"object","minProperties":1,"propertyNames":{"$ref":"#/definitions/name"},"additionalProperties":{"$ref":"#/definitions/cache"}},"memoize":{"type":"object","minProperties":1,"propertyNames":{"$ref":"#/definitions/name"},"additionalProperties":{"$ref":"#/definitions/memoized"}},"mutate":{"type":"object","minProperties":1,"propertyNames":{"$ref":"#/definitions/name"},"additionalProperties":{"$ref":"#/definitions/mutation"}}},"definitions":{"name":{"type":"string","pattern":"^[a-z][A-Za-z0-9]*$"},"backend":{"type":["string","object"],"additionalProperties":false,"required":["url"],"properties":{"url":{"type":"string"},"development":{"type":"string"},"schemes":{"type":"array","minItems":1,"items":{"type":"string"}},"distinct":{"type":"boolean"},"evicts":{"type":"boolean"},"prefix":{"type":"string","pattern":"^[^\\s~\\u0000-\\u001f\\u007f-\\u009f]*$"},"description":{"type":"string"}}},"cache":{"type":"object","additionalProperties":false,"required":["key","value"],"properties":{"description":{"type":"string"},"key":{"type":"string"},"value":{"type":["string","object"],"additionalProperties":false,"if":{"properties":{"schema":false}},"then":{"properties":{"type":true},"required":["type"]},"properties":{"type":{"type":"string"},"from":{"type":"string"},"allow-any":{"type":"array","minItems":1,"items":{"type":"string"}},"schema":{"anyOf":[{"$ref":"#/definitions/valueSchema"},{"type":"string"}]}}},"ttl":{"$ref":"#/definitions/ttl"},"max-ttl":{"$ref":"#/definitions/maxTtl"},"jitter":{"$ref":"#/definitions/jitter"},"negative":{"$ref":"#/definitions/negative"},"max-value-size":{"$ref":"#/definitions/maxValueSize"},"backend":{"$ref":"#/definitions/backendName"},"serializer":{"$ref":"#/definitions/serializer"},"offload":{"$ref":"#/definitions/offload"},"validate":{"$ref":"#/definitions/validate"},"isolation":{"$ref":"#/definitions/isolation"},"revision":{"$ref":"#/definitions/revision"},"mode":{"$ref":"#/definitions/mode"},"blocking":{"$ref":"#/definitions/blocking"}}},"valueSchema":{},"memoized":{"type":"object","additionalProperties":false,"required":["function"],"properties":{"function":{"$ref":"#/definitions/functionName"},"batch":{"type":"string"},"max-batch":{"type":"integer","minimum":1,"maximum":9007199254740991},"cache":{"type":"string"},"parameters":{"type":"object","minProperties":1,"additionalProperties":{"type":"string"}},"ignore":{"type":"array","minItems":1,"items":{"type":"string"}},"ttl":{"$ref":"#/definitions/ttl"},"max-ttl":{"$ref":"#/definitions/maxTtl"},"jitter":{"$ref":"#/definitions/jitter"},"negative":{"$ref":"#/definitions/negative"},"max-value-size":{"$ref":"#/definitions/maxValueSize"},"backend":{"$ref":"#/definitions/backendName"},"serializer":{"$ref":"#/definitions/serializer"},"offload":{"$ref":"#/definitions/offload"},"validate":{"$ref":"#/definitions/validate"},"isolation":{"$ref":"#/definitions/isolation"},"revision":{"$ref":"#/definitions/revision"},"mode":{"$ref":"#/definitions/mode"},"blocking":{"$ref":"#/definitions/blocking"}}},"functionName":{"type":"string"},"mutation":{"type":"object","additionalProperties":false,"required":["function","invalidates"],"properties":{"function":{"$ref":"#/definitions/functionName"},"invalidates":{"type":"array","minItems":1,"items":{"$ref":"#/definitions/invalidation"}},"before":{"type":"boolean"},"on-invalidation-error":{"$ref":"#/definitions/onInvalidationError"}}},"invalidation":{"type":["string","object"],"additionalProperties":false,"required":["target"],"properties":{"target":{"type":"string"},"before":{"type":"boolean"}}},"longLived":{"type":"string","pattern":"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*|forever)$"},"onInvalidationError":{"type":"string","enum":["throw","warn"]},"mode":{"type":"string","enum":["async","sync"]},"revision":{"type":"integer","minimum":1,"maximum":9007199254740991},"blocking":{"type":"boolean"},"backendName":{"type":"string"},"ttl":{"type":["string","object"],"pattern":"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*|forever)$","required":["function","max"],"additionalProperties":false,"properties":{"function":{"type":"string"},"max":{"type":"string","pattern":"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*|forever)$"}}},"maxTtl":{"type":"string","pattern":"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*|forever)$"},"jitter":{"type":"string","pattern":"^(?!0+(?:\\.0+)?%)\\d{1,2}(?:\\.\\d+)?%$"},"negative":{"type":["string","object"],"pattern":"^(?:store|skip)$","required":["ttl"],"additionalProperties":false,"properties":{"ttl":{"type":"string","pattern":"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*|forever)$"}}},"maxValueSize":{"type":"string","pattern":"^0*[1-9]\\d*(?:[kKmMgG]?[bB])$"},"offload":{"type":"string","pattern":"^(?:always|0*[1-9]\\d*(?:[kKmMgG]?[bB]))$"},"validate":{"type":"boolean"},"isolation":{"enum":["clone","freeze","share"]},"serializer":{"type":["string","array","null"],"minItems":1,"items":{"type":["string","null"]}}}};
const schema12 = {"type":"string","pattern":"^[a-z][A-Za-z0-9]*$"};
const schema13 = {"type":["string","object"],"additionalProperties":false,"required":["url"],"properties":{"url":{"type":"string"},"development":{"type":"string"},"schemes":{"type":"array","minItems":1,"items":{"type":"string"}},"distinct":{"type":"boolean"},"evicts":{"type":"boolean"},"prefix":{"type":"string","pattern":"^[^\\s~\\u0000-\\u001f\\u007f-\\u009f]*$"},"description":{"type":"string"}}};
const schema14 = {"type":"string"};
const schema15 = {"type":["string","array","null"],"minItems":1,"items":{"type":["string","null"]}};
const schema16 = {"type":["string","object"],"pattern":"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*|forever)$","required":["function","max"],"additionalProperties":false,"properties":{"function":{"type":"string"},"max":{"type":"string","pattern":"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*|forever)$"}}};
const schema17 = {"type":"string","pattern":"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*|forever)$"};
const schema18 = {"type":"string","pattern":"^(?!0+(?:\\.0+)?%)\\d{1,2}(?:\\.\\d+)?%$"};
const schema19 = {"type":["string","object"],"pattern":"^(?:store|skip)$","required":["ttl"],"additionalProperties":false,"properties":{"ttl":{"type":"string","pattern":"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*|forever)$"}}};
const schema20 = {"type":"string","pattern":"^0*[1-9]\\d*(?:[kKmMgG]?[bB])$"};
const schema21 = {"type":"string","pattern":"^(?:always|0*[1-9]\\d*(?:[kKmMgG]?[bB]))$"};
const schema22 = {"type":"boolean"};
const schema23 = {"enum":["clone","freeze","share"]};
const schema24 = {"type":"string","enum":["async","sync"]};
const schema25 = {"type":"boolean"};
const schema26 = {"type":"string","enum":["throw","warn"]};
const schema27 = {"type":"string","pattern":"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*|forever)$"};
const func2 = Object.prototype.hasOwnProperty;
const pattern0 = new RegExp("^x-", "u");
const pattern1 = new RegExp("^(?!/)(?!\\.{1,2}/*$)[^\\\\]+$", "u");
const pattern2 = new RegExp("^C\\d{4}$", "u");
const pattern4 = new RegExp("^[A-Za-z_][A-Za-z0-9_]*$", "u");
const pattern5 = new RegExp("^[a-z][A-Za-z0-9]*$", "u");
const pattern6 = new RegExp("^[^\\s~\\u0000-\\u001f\\u007f-\\u009f]*$", "u");
const pattern7 = new RegExp("^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*|forever)$", "u");
const pattern10 = new RegExp("^(?!0+(?:\\.0+)?%)\\d{1,2}(?:\\.\\d+)?%$", "u");
const pattern11 = new RegExp("^(?:store|skip)$", "u");
const pattern13 = new RegExp("^0*[1-9]\\d*(?:[kKmMgG]?[bB])$", "u");
const pattern14 = new RegExp("^(?:always|0*[1-9]\\d*(?:[kKmMgG]?[bB]))$", "u");
const schema29 = {"type":"object","additionalProperties":false,"required":["key","value"],"properties":{"description":{"type":"string"},"key":{"type":"string"},"value":{"type":["string","object"],"additionalProperties":false,"if":{"properties":{"schema":false}},"then":{"properties":{"type":true},"required":["type"]},"properties":{"type":{"type":"string"},"from":{"type":"string"},"allow-any":{"type":"array","minItems":1,"items":{"type":"string"}},"schema":{"anyOf":[{"$ref":"#/definitions/valueSchema"},{"type":"string"}]}}},"ttl":{"$ref":"#/definitions/ttl"},"max-ttl":{"$ref":"#/definitions/maxTtl"},"jitter":{"$ref":"#/definitions/jitter"},"negative":{"$ref":"#/definitions/negative"},"max-value-size":{"$ref":"#/definitions/maxValueSize"},"backend":{"$ref":"#/definitions/backendName"},"serializer":{"$ref":"#/definitions/serializer"},"offload":{"$ref":"#/definitions/offload"},"validate":{"$ref":"#/definitions/validate"},"isolation":{"$ref":"#/definitions/isolation"},"revision":{"$ref":"#/definitions/revision"},"mode":{"$ref":"#/definitions/mode"},"blocking":{"$ref":"#/definitions/blocking"}}};
const schema30 = {};
const schema41 = {"type":"integer","minimum":1,"maximum":9007199254740991};

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
if(!(func2.call(schema29.properties, key0))){
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
const err5 = {instancePath:instancePath+"/value",schemaPath:"#/properties/value/type",keyword:"type",params:{type: schema29.properties.value.type},message:"must be string,object"};
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
if((typeof data9 !== "string") && (!(data9 && typeof data9 == "object" && !Array.isArray(data9)))){
const err17 = {instancePath:instancePath+"/ttl",schemaPath:"#/definitions/ttl/type",keyword:"type",params:{type: schema16.type},message:"must be string,object"};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
if(typeof data9 === "string"){
if(!pattern7.test(data9)){
const err18 = {instancePath:instancePath+"/ttl",schemaPath:"#/definitions/ttl/pattern",keyword:"pattern",params:{pattern: "^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*|forever)$"},message:"must match pattern \""+"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*|forever)$"+"\""};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data9 && typeof data9 == "object" && !Array.isArray(data9)){
if(data9.function === undefined){
const err19 = {instancePath:instancePath+"/ttl",schemaPath:"#/definitions/ttl/required",keyword:"required",params:{missingProperty: "function"},message:"must have required property '"+"function"+"'"};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
if(data9.max === undefined){
const err20 = {instancePath:instancePath+"/ttl",schemaPath:"#/definitions/ttl/required",keyword:"required",params:{missingProperty: "max"},message:"must have required property '"+"max"+"'"};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
for(const key2 in data9){
if(!((key2 === "function") || (key2 === "max"))){
const err21 = {instancePath:instancePath+"/ttl",schemaPath:"#/definitions/ttl/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
if(data9.function !== undefined){
if(typeof data9.function !== "string"){
const err22 = {instancePath:instancePath+"/ttl/function",schemaPath:"#/definitions/ttl/properties/function/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
if(data9.max !== undefined){
let data11 = data9.max;
if(typeof data11 === "string"){
if(!pattern7.test(data11)){
const err23 = {instancePath:instancePath+"/ttl/max",schemaPath:"#/definitions/ttl/properties/max/pattern",keyword:"pattern",params:{pattern: "^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*|forever)$"},message:"must match pattern \""+"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*|forever)$"+"\""};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
else {
const err24 = {instancePath:instancePath+"/ttl/max",schemaPath:"#/definitions/ttl/properties/max/type",keyword:"type",params:{type: "string"},message:"must be string"};
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
if(data["max-ttl"] !== undefined){
let data12 = data["max-ttl"];
if(typeof data12 === "string"){
if(!pattern7.test(data12)){
const err25 = {instancePath:instancePath+"/max-ttl",schemaPath:"#/definitions/maxTtl/pattern",keyword:"pattern",params:{pattern: "^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*|forever)$"},message:"must match pattern \""+"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*|forever)$"+"\""};
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
const err26 = {instancePath:instancePath+"/max-ttl",schemaPath:"#/definitions/maxTtl/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
if(data.jitter !== undefined){
let data13 = data.jitter;
if(typeof data13 === "string"){
if(!pattern10.test(data13)){
const err27 = {instancePath:instancePath+"/jitter",schemaPath:"#/definitions/jitter/pattern",keyword:"pattern",params:{pattern: "^(?!0+(?:\\.0+)?%)\\d{1,2}(?:\\.\\d+)?%$"},message:"must match pattern \""+"^(?!0+(?:\\.0+)?%)\\d{1,2}(?:\\.\\d+)?%$"+"\""};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
else {
const err28 = {instancePath:instancePath+"/jitter",schemaPath:"#/definitions/jitter/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
if(data.negative !== undefined){
let data14 = data.negative;
if((typeof data14 !== "string") && (!(data14 && typeof data14 == "object" && !Array.isArray(data14)))){
const err29 = {instancePath:instancePath+"/negative",schemaPath:"#/definitions/negative/type",keyword:"type",params:{type: schema19.type},message:"must be string,object"};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
if(typeof data14 === "string"){
if(!pattern11.test(data14)){
const err30 = {instancePath:instancePath+"/negative",schemaPath:"#/definitions/negative/pattern",keyword:"pattern",params:{pattern: "^(?:store|skip)$"},message:"must match pattern \""+"^(?:store|skip)$"+"\""};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
if(data14 && typeof data14 == "object" && !Array.isArray(data14)){
if(data14.ttl === undefined){
const err31 = {instancePath:instancePath+"/negative",schemaPath:"#/definitions/negative/required",keyword:"required",params:{missingProperty: "ttl"},message:"must have required property '"+"ttl"+"'"};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
for(const key3 in data14){
if(!(key3 === "ttl")){
const err32 = {instancePath:instancePath+"/negative",schemaPath:"#/definitions/negative/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
if(data14.ttl !== undefined){
let data15 = data14.ttl;
if(typeof data15 === "string"){
if(!pattern7.test(data15)){
const err33 = {instancePath:instancePath+"/negative/ttl",schemaPath:"#/definitions/negative/properties/ttl/pattern",keyword:"pattern",params:{pattern: "^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*|forever)$"},message:"must match pattern \""+"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*|forever)$"+"\""};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
else {
const err34 = {instancePath:instancePath+"/negative/ttl",schemaPath:"#/definitions/negative/properties/ttl/type",keyword:"type",params:{type: "string"},message:"must be string"};
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
}
if(data["max-value-size"] !== undefined){
let data16 = data["max-value-size"];
if(typeof data16 === "string"){
if(!pattern13.test(data16)){
const err35 = {instancePath:instancePath+"/max-value-size",schemaPath:"#/definitions/maxValueSize/pattern",keyword:"pattern",params:{pattern: "^0*[1-9]\\d*(?:[kKmMgG]?[bB])$"},message:"must match pattern \""+"^0*[1-9]\\d*(?:[kKmMgG]?[bB])$"+"\""};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
}
else {
const err36 = {instancePath:instancePath+"/max-value-size",schemaPath:"#/definitions/maxValueSize/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
if(data.backend !== undefined){
if(typeof data.backend !== "string"){
const err37 = {instancePath:instancePath+"/backend",schemaPath:"#/definitions/backendName/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
if(data.serializer !== undefined){
let data18 = data.serializer;
if(((typeof data18 !== "string") && (!(Array.isArray(data18)))) && (data18 !== null)){
const err38 = {instancePath:instancePath+"/serializer",schemaPath:"#/definitions/serializer/type",keyword:"type",params:{type: schema15.type},message:"must be string,array,null"};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
if(Array.isArray(data18)){
if(data18.length < 1){
const err39 = {instancePath:instancePath+"/serializer",schemaPath:"#/definitions/serializer/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
const len1 = data18.length;
for(let i1=0; i1<len1; i1++){
let data19 = data18[i1];
if((typeof data19 !== "string") && (data19 !== null)){
const err40 = {instancePath:instancePath+"/serializer/" + i1,schemaPath:"#/definitions/serializer/items/type",keyword:"type",params:{type: schema15.items.type},message:"must be string,null"};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
}
}
}
if(data.offload !== undefined){
let data20 = data.offload;
if(typeof data20 === "string"){
if(!pattern14.test(data20)){
const err41 = {instancePath:instancePath+"/offload",schemaPath:"#/definitions/offload/pattern",keyword:"pattern",params:{pattern: "^(?:always|0*[1-9]\\d*(?:[kKmMgG]?[bB]))$"},message:"must match pattern \""+"^(?:always|0*[1-9]\\d*(?:[kKmMgG]?[bB]))$"+"\""};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
}
else {
const err42 = {instancePath:instancePath+"/offload",schemaPath:"#/definitions/offload/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
}
if(data.validate !== undefined){
if(typeof data.validate !== "boolean"){
const err43 = {instancePath:instancePath+"/validate",schemaPath:"#/definitions/validate/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
}
if(data.isolation !== undefined){
let data22 = data.isolation;
if(!(((data22 === "clone") || (data22 === "freeze")) || (data22 === "share"))){
const err44 = {instancePath:instancePath+"/isolation",schemaPath:"#/definitions/isolation/enum",keyword:"enum",params:{allowedValues: schema23.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
}
if(data.revision !== undefined){
let data23 = data.revision;
if(!(((typeof data23 == "number") && (!(data23 % 1) && !isNaN(data23))) && (isFinite(data23)))){
const err45 = {instancePath:instancePath+"/revision",schemaPath:"#/definitions/revision/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
if((typeof data23 == "number") && (isFinite(data23))){
if(data23 > 9007199254740991 || isNaN(data23)){
const err46 = {instancePath:instancePath+"/revision",schemaPath:"#/definitions/revision/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
if(data23 < 1 || isNaN(data23)){
const err47 = {instancePath:instancePath+"/revision",schemaPath:"#/definitions/revision/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
}
}
if(data.mode !== undefined){
let data24 = data.mode;
if(typeof data24 !== "string"){
const err48 = {instancePath:instancePath+"/mode",schemaPath:"#/definitions/mode/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
if(!((data24 === "async") || (data24 === "sync"))){
const err49 = {instancePath:instancePath+"/mode",schemaPath:"#/definitions/mode/enum",keyword:"enum",params:{allowedValues: schema24.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
}
if(data.blocking !== undefined){
if(typeof data.blocking !== "boolean"){
const err50 = {instancePath:instancePath+"/blocking",schemaPath:"#/definitions/blocking/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
}
}
}
else {
const err51 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
validate11.errors = vErrors;
return errors === 0;
}

const schema45 = {"type":"object","additionalProperties":false,"required":["function"],"properties":{"function":{"$ref":"#/definitions/functionName"},"batch":{"type":"string"},"max-batch":{"type":"integer","minimum":1,"maximum":9007199254740991},"cache":{"type":"string"},"parameters":{"type":"object","minProperties":1,"additionalProperties":{"type":"string"}},"ignore":{"type":"array","minItems":1,"items":{"type":"string"}},"ttl":{"$ref":"#/definitions/ttl"},"max-ttl":{"$ref":"#/definitions/maxTtl"},"jitter":{"$ref":"#/definitions/jitter"},"negative":{"$ref":"#/definitions/negative"},"max-value-size":{"$ref":"#/definitions/maxValueSize"},"backend":{"$ref":"#/definitions/backendName"},"serializer":{"$ref":"#/definitions/serializer"},"offload":{"$ref":"#/definitions/offload"},"validate":{"$ref":"#/definitions/validate"},"isolation":{"$ref":"#/definitions/isolation"},"revision":{"$ref":"#/definitions/revision"},"mode":{"$ref":"#/definitions/mode"},"blocking":{"$ref":"#/definitions/blocking"}}};
const schema46 = {"type":"string"};

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
if(!(func2.call(schema45.properties, key0))){
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
if((typeof data8 !== "string") && (!(data8 && typeof data8 == "object" && !Array.isArray(data8)))){
const err14 = {instancePath:instancePath+"/ttl",schemaPath:"#/definitions/ttl/type",keyword:"type",params:{type: schema16.type},message:"must be string,object"};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
if(typeof data8 === "string"){
if(!pattern7.test(data8)){
const err15 = {instancePath:instancePath+"/ttl",schemaPath:"#/definitions/ttl/pattern",keyword:"pattern",params:{pattern: "^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*|forever)$"},message:"must match pattern \""+"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*|forever)$"+"\""};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
if(data8 && typeof data8 == "object" && !Array.isArray(data8)){
if(data8.function === undefined){
const err16 = {instancePath:instancePath+"/ttl",schemaPath:"#/definitions/ttl/required",keyword:"required",params:{missingProperty: "function"},message:"must have required property '"+"function"+"'"};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
if(data8.max === undefined){
const err17 = {instancePath:instancePath+"/ttl",schemaPath:"#/definitions/ttl/required",keyword:"required",params:{missingProperty: "max"},message:"must have required property '"+"max"+"'"};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
for(const key2 in data8){
if(!((key2 === "function") || (key2 === "max"))){
const err18 = {instancePath:instancePath+"/ttl",schemaPath:"#/definitions/ttl/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data8.function !== undefined){
if(typeof data8.function !== "string"){
const err19 = {instancePath:instancePath+"/ttl/function",schemaPath:"#/definitions/ttl/properties/function/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
if(data8.max !== undefined){
let data10 = data8.max;
if(typeof data10 === "string"){
if(!pattern7.test(data10)){
const err20 = {instancePath:instancePath+"/ttl/max",schemaPath:"#/definitions/ttl/properties/max/pattern",keyword:"pattern",params:{pattern: "^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*|forever)$"},message:"must match pattern \""+"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*|forever)$"+"\""};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
else {
const err21 = {instancePath:instancePath+"/ttl/max",schemaPath:"#/definitions/ttl/properties/max/type",keyword:"type",params:{type: "string"},message:"must be string"};
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
if(data["max-ttl"] !== undefined){
let data11 = data["max-ttl"];
if(typeof data11 === "string"){
if(!pattern7.test(data11)){
const err22 = {instancePath:instancePath+"/max-ttl",schemaPath:"#/definitions/maxTtl/pattern",keyword:"pattern",params:{pattern: "^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*|forever)$"},message:"must match pattern \""+"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*|forever)$"+"\""};
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
const err23 = {instancePath:instancePath+"/max-ttl",schemaPath:"#/definitions/maxTtl/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
if(data.jitter !== undefined){
let data12 = data.jitter;
if(typeof data12 === "string"){
if(!pattern10.test(data12)){
const err24 = {instancePath:instancePath+"/jitter",schemaPath:"#/definitions/jitter/pattern",keyword:"pattern",params:{pattern: "^(?!0+(?:\\.0+)?%)\\d{1,2}(?:\\.\\d+)?%$"},message:"must match pattern \""+"^(?!0+(?:\\.0+)?%)\\d{1,2}(?:\\.\\d+)?%$"+"\""};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
else {
const err25 = {instancePath:instancePath+"/jitter",schemaPath:"#/definitions/jitter/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
if(data.negative !== undefined){
let data13 = data.negative;
if((typeof data13 !== "string") && (!(data13 && typeof data13 == "object" && !Array.isArray(data13)))){
const err26 = {instancePath:instancePath+"/negative",schemaPath:"#/definitions/negative/type",keyword:"type",params:{type: schema19.type},message:"must be string,object"};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
if(typeof data13 === "string"){
if(!pattern11.test(data13)){
const err27 = {instancePath:instancePath+"/negative",schemaPath:"#/definitions/negative/pattern",keyword:"pattern",params:{pattern: "^(?:store|skip)$"},message:"must match pattern \""+"^(?:store|skip)$"+"\""};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
if(data13 && typeof data13 == "object" && !Array.isArray(data13)){
if(data13.ttl === undefined){
const err28 = {instancePath:instancePath+"/negative",schemaPath:"#/definitions/negative/required",keyword:"required",params:{missingProperty: "ttl"},message:"must have required property '"+"ttl"+"'"};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
for(const key3 in data13){
if(!(key3 === "ttl")){
const err29 = {instancePath:instancePath+"/negative",schemaPath:"#/definitions/negative/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
if(data13.ttl !== undefined){
let data14 = data13.ttl;
if(typeof data14 === "string"){
if(!pattern7.test(data14)){
const err30 = {instancePath:instancePath+"/negative/ttl",schemaPath:"#/definitions/negative/properties/ttl/pattern",keyword:"pattern",params:{pattern: "^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*|forever)$"},message:"must match pattern \""+"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*|forever)$"+"\""};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
else {
const err31 = {instancePath:instancePath+"/negative/ttl",schemaPath:"#/definitions/negative/properties/ttl/type",keyword:"type",params:{type: "string"},message:"must be string"};
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
}
if(data["max-value-size"] !== undefined){
let data15 = data["max-value-size"];
if(typeof data15 === "string"){
if(!pattern13.test(data15)){
const err32 = {instancePath:instancePath+"/max-value-size",schemaPath:"#/definitions/maxValueSize/pattern",keyword:"pattern",params:{pattern: "^0*[1-9]\\d*(?:[kKmMgG]?[bB])$"},message:"must match pattern \""+"^0*[1-9]\\d*(?:[kKmMgG]?[bB])$"+"\""};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
else {
const err33 = {instancePath:instancePath+"/max-value-size",schemaPath:"#/definitions/maxValueSize/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
if(data.backend !== undefined){
if(typeof data.backend !== "string"){
const err34 = {instancePath:instancePath+"/backend",schemaPath:"#/definitions/backendName/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
if(data.serializer !== undefined){
let data17 = data.serializer;
if(((typeof data17 !== "string") && (!(Array.isArray(data17)))) && (data17 !== null)){
const err35 = {instancePath:instancePath+"/serializer",schemaPath:"#/definitions/serializer/type",keyword:"type",params:{type: schema15.type},message:"must be string,array,null"};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
if(Array.isArray(data17)){
if(data17.length < 1){
const err36 = {instancePath:instancePath+"/serializer",schemaPath:"#/definitions/serializer/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
const len1 = data17.length;
for(let i1=0; i1<len1; i1++){
let data18 = data17[i1];
if((typeof data18 !== "string") && (data18 !== null)){
const err37 = {instancePath:instancePath+"/serializer/" + i1,schemaPath:"#/definitions/serializer/items/type",keyword:"type",params:{type: schema15.items.type},message:"must be string,null"};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
}
}
if(data.offload !== undefined){
let data19 = data.offload;
if(typeof data19 === "string"){
if(!pattern14.test(data19)){
const err38 = {instancePath:instancePath+"/offload",schemaPath:"#/definitions/offload/pattern",keyword:"pattern",params:{pattern: "^(?:always|0*[1-9]\\d*(?:[kKmMgG]?[bB]))$"},message:"must match pattern \""+"^(?:always|0*[1-9]\\d*(?:[kKmMgG]?[bB]))$"+"\""};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
}
else {
const err39 = {instancePath:instancePath+"/offload",schemaPath:"#/definitions/offload/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
}
if(data.validate !== undefined){
if(typeof data.validate !== "boolean"){
const err40 = {instancePath:instancePath+"/validate",schemaPath:"#/definitions/validate/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
}
if(data.isolation !== undefined){
let data21 = data.isolation;
if(!(((data21 === "clone") || (data21 === "freeze")) || (data21 === "share"))){
const err41 = {instancePath:instancePath+"/isolation",schemaPath:"#/definitions/isolation/enum",keyword:"enum",params:{allowedValues: schema23.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
}
if(data.revision !== undefined){
let data22 = data.revision;
if(!(((typeof data22 == "number") && (!(data22 % 1) && !isNaN(data22))) && (isFinite(data22)))){
const err42 = {instancePath:instancePath+"/revision",schemaPath:"#/definitions/revision/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
if((typeof data22 == "number") && (isFinite(data22))){
if(data22 > 9007199254740991 || isNaN(data22)){
const err43 = {instancePath:instancePath+"/revision",schemaPath:"#/definitions/revision/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
if(data22 < 1 || isNaN(data22)){
const err44 = {instancePath:instancePath+"/revision",schemaPath:"#/definitions/revision/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
}
}
if(data.mode !== undefined){
let data23 = data.mode;
if(typeof data23 !== "string"){
const err45 = {instancePath:instancePath+"/mode",schemaPath:"#/definitions/mode/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
if(!((data23 === "async") || (data23 === "sync"))){
const err46 = {instancePath:instancePath+"/mode",schemaPath:"#/definitions/mode/enum",keyword:"enum",params:{allowedValues: schema24.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
}
if(data.blocking !== undefined){
if(typeof data.blocking !== "boolean"){
const err47 = {instancePath:instancePath+"/blocking",schemaPath:"#/definitions/blocking/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
}
}
else {
const err48 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
validate13.errors = vErrors;
return errors === 0;
}

const schema61 = {"type":"object","additionalProperties":false,"required":["function","invalidates"],"properties":{"function":{"$ref":"#/definitions/functionName"},"invalidates":{"type":"array","minItems":1,"items":{"$ref":"#/definitions/invalidation"}},"before":{"type":"boolean"},"on-invalidation-error":{"$ref":"#/definitions/onInvalidationError"}}};
const schema63 = {"type":["string","object"],"additionalProperties":false,"required":["target"],"properties":{"target":{"type":"string"},"before":{"type":"boolean"}}};

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
const err5 = {instancePath:instancePath+"/invalidates/" + i0,schemaPath:"#/definitions/invalidation/type",keyword:"type",params:{type: schema63.type},message:"must be string,object"};
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
const err13 = {instancePath:instancePath+"/on-invalidation-error",schemaPath:"#/definitions/onInvalidationError/enum",keyword:"enum",params:{allowedValues: schema26.enum},message:"must be equal to one of the allowed values"};
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
if(data4["undecided-null"] !== undefined){
let data21 = data4["undecided-null"];
if(typeof data21 !== "string"){
const err41 = {instancePath:instancePath+"/rules/undecided-null",schemaPath:"#/properties/rules/properties/undecided-null/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
if(!(((data21 === "off") || (data21 === "warning")) || (data21 === "error"))){
const err42 = {instancePath:instancePath+"/rules/undecided-null",schemaPath:"#/properties/rules/properties/undecided-null/enum",keyword:"enum",params:{allowedValues: schema11.properties.rules.properties["undecided-null"].enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
}
if(data4["unused-negative"] !== undefined){
let data22 = data4["unused-negative"];
if(typeof data22 !== "string"){
const err43 = {instancePath:instancePath+"/rules/unused-negative",schemaPath:"#/properties/rules/properties/unused-negative/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
if(!(((data22 === "off") || (data22 === "warning")) || (data22 === "error"))){
const err44 = {instancePath:instancePath+"/rules/unused-negative",schemaPath:"#/properties/rules/properties/unused-negative/enum",keyword:"enum",params:{allowedValues: schema11.properties.rules.properties["unused-negative"].enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
}
if(data4["unused-allow-any"] !== undefined){
let data23 = data4["unused-allow-any"];
if(typeof data23 !== "string"){
const err45 = {instancePath:instancePath+"/rules/unused-allow-any",schemaPath:"#/properties/rules/properties/unused-allow-any/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
if(!(((data23 === "off") || (data23 === "warning")) || (data23 === "error"))){
const err46 = {instancePath:instancePath+"/rules/unused-allow-any",schemaPath:"#/properties/rules/properties/unused-allow-any/enum",keyword:"enum",params:{allowedValues: schema11.properties.rules.properties["unused-allow-any"].enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
}
if(data4["missing-package"] !== undefined){
let data24 = data4["missing-package"];
if(typeof data24 !== "string"){
const err47 = {instancePath:instancePath+"/rules/missing-package",schemaPath:"#/properties/rules/properties/missing-package/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
if(!(((data24 === "off") || (data24 === "warning")) || (data24 === "error"))){
const err48 = {instancePath:instancePath+"/rules/missing-package",schemaPath:"#/properties/rules/properties/missing-package/enum",keyword:"enum",params:{allowedValues: schema11.properties.rules.properties["missing-package"].enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
}
if(data4["missing-runtime"] !== undefined){
let data25 = data4["missing-runtime"];
if(typeof data25 !== "string"){
const err49 = {instancePath:instancePath+"/rules/missing-runtime",schemaPath:"#/properties/rules/properties/missing-runtime/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
if(!(((data25 === "off") || (data25 === "warning")) || (data25 === "error"))){
const err50 = {instancePath:instancePath+"/rules/missing-runtime",schemaPath:"#/properties/rules/properties/missing-runtime/enum",keyword:"enum",params:{allowedValues: schema11.properties.rules.properties["missing-runtime"].enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
}
}
for(const key2 in data4){
if(pattern2.test(key2)){
let data26 = data4[key2];
if(typeof data26 !== "string"){
const err51 = {instancePath:instancePath+"/rules/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/rules/patternProperties/%5EC%5Cd%7B4%7D%24/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
if(!(((data26 === "off") || (data26 === "warning")) || (data26 === "error"))){
const err52 = {instancePath:instancePath+"/rules/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/rules/patternProperties/%5EC%5Cd%7B4%7D%24/enum",keyword:"enum",params:{allowedValues: schema11.properties.rules.patternProperties["^C\\d{4}$"].enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err52];
}
else {
vErrors.push(err52);
}
errors++;
}
}
}
}
else {
const err53 = {instancePath:instancePath+"/rules",schemaPath:"#/properties/rules/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err53];
}
else {
vErrors.push(err53);
}
errors++;
}
}
if(data.environment !== undefined){
let data27 = data.environment;
if(Array.isArray(data27)){
const len1 = data27.length;
for(let i1=0; i1<len1; i1++){
let data28 = data27[i1];
if(typeof data28 === "string"){
if(!pattern4.test(data28)){
const err54 = {instancePath:instancePath+"/environment/" + i1,schemaPath:"#/properties/environment/items/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z_][A-Za-z0-9_]*$"},message:"must match pattern \""+"^[A-Za-z_][A-Za-z0-9_]*$"+"\""};
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
const err55 = {instancePath:instancePath+"/environment/" + i1,schemaPath:"#/properties/environment/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err55];
}
else {
vErrors.push(err55);
}
errors++;
}
}
}
else {
const err56 = {instancePath:instancePath+"/environment",schemaPath:"#/properties/environment/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err56];
}
else {
vErrors.push(err56);
}
errors++;
}
}
if(data.backends !== undefined){
let data29 = data.backends;
if(data29 && typeof data29 == "object" && !Array.isArray(data29)){
if(Object.keys(data29).length < 1){
const err57 = {instancePath:instancePath+"/backends",schemaPath:"#/properties/backends/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
if(vErrors === null){
vErrors = [err57];
}
else {
vErrors.push(err57);
}
errors++;
}
for(const key3 in data29){
const _errs62 = errors;
if(typeof key3 === "string"){
if(!pattern5.test(key3)){
const err58 = {instancePath:instancePath+"/backends",schemaPath:"#/definitions/name/pattern",keyword:"pattern",params:{pattern: "^[a-z][A-Za-z0-9]*$"},message:"must match pattern \""+"^[a-z][A-Za-z0-9]*$"+"\"",propertyName:key3};
if(vErrors === null){
vErrors = [err58];
}
else {
vErrors.push(err58);
}
errors++;
}
}
else {
const err59 = {instancePath:instancePath+"/backends",schemaPath:"#/definitions/name/type",keyword:"type",params:{type: "string"},message:"must be string",propertyName:key3};
if(vErrors === null){
vErrors = [err59];
}
else {
vErrors.push(err59);
}
errors++;
}
var valid7 = _errs62 === errors;
if(!valid7){
const err60 = {instancePath:instancePath+"/backends",schemaPath:"#/properties/backends/propertyNames",keyword:"propertyNames",params:{propertyName: key3},message:"property name must be valid"};
if(vErrors === null){
vErrors = [err60];
}
else {
vErrors.push(err60);
}
errors++;
}
}
for(const key4 in data29){
let data30 = data29[key4];
if((typeof data30 !== "string") && (!(data30 && typeof data30 == "object" && !Array.isArray(data30)))){
const err61 = {instancePath:instancePath+"/backends/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/backend/type",keyword:"type",params:{type: schema13.type},message:"must be string,object"};
if(vErrors === null){
vErrors = [err61];
}
else {
vErrors.push(err61);
}
errors++;
}
if(data30 && typeof data30 == "object" && !Array.isArray(data30)){
if(data30.url === undefined){
const err62 = {instancePath:instancePath+"/backends/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/backend/required",keyword:"required",params:{missingProperty: "url"},message:"must have required property '"+"url"+"'"};
if(vErrors === null){
vErrors = [err62];
}
else {
vErrors.push(err62);
}
errors++;
}
for(const key5 in data30){
if(!(((((((key5 === "url") || (key5 === "development")) || (key5 === "schemes")) || (key5 === "distinct")) || (key5 === "evicts")) || (key5 === "prefix")) || (key5 === "description"))){
const err63 = {instancePath:instancePath+"/backends/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/backend/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key5},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err63];
}
else {
vErrors.push(err63);
}
errors++;
}
}
if(data30.url !== undefined){
if(typeof data30.url !== "string"){
const err64 = {instancePath:instancePath+"/backends/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/url",schemaPath:"#/definitions/backend/properties/url/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err64];
}
else {
vErrors.push(err64);
}
errors++;
}
}
if(data30.development !== undefined){
if(typeof data30.development !== "string"){
const err65 = {instancePath:instancePath+"/backends/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/development",schemaPath:"#/definitions/backend/properties/development/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err65];
}
else {
vErrors.push(err65);
}
errors++;
}
}
if(data30.schemes !== undefined){
let data33 = data30.schemes;
if(Array.isArray(data33)){
if(data33.length < 1){
const err66 = {instancePath:instancePath+"/backends/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/schemes",schemaPath:"#/definitions/backend/properties/schemes/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err66];
}
else {
vErrors.push(err66);
}
errors++;
}
const len2 = data33.length;
for(let i2=0; i2<len2; i2++){
if(typeof data33[i2] !== "string"){
const err67 = {instancePath:instancePath+"/backends/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/schemes/" + i2,schemaPath:"#/definitions/backend/properties/schemes/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err67];
}
else {
vErrors.push(err67);
}
errors++;
}
}
}
else {
const err68 = {instancePath:instancePath+"/backends/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/schemes",schemaPath:"#/definitions/backend/properties/schemes/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err68];
}
else {
vErrors.push(err68);
}
errors++;
}
}
if(data30.distinct !== undefined){
if(typeof data30.distinct !== "boolean"){
const err69 = {instancePath:instancePath+"/backends/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/distinct",schemaPath:"#/definitions/backend/properties/distinct/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err69];
}
else {
vErrors.push(err69);
}
errors++;
}
}
if(data30.evicts !== undefined){
if(typeof data30.evicts !== "boolean"){
const err70 = {instancePath:instancePath+"/backends/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/evicts",schemaPath:"#/definitions/backend/properties/evicts/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err70];
}
else {
vErrors.push(err70);
}
errors++;
}
}
if(data30.prefix !== undefined){
let data37 = data30.prefix;
if(typeof data37 === "string"){
if(!pattern6.test(data37)){
const err71 = {instancePath:instancePath+"/backends/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/prefix",schemaPath:"#/definitions/backend/properties/prefix/pattern",keyword:"pattern",params:{pattern: "^[^\\s~\\u0000-\\u001f\\u007f-\\u009f]*$"},message:"must match pattern \""+"^[^\\s~\\u0000-\\u001f\\u007f-\\u009f]*$"+"\""};
if(vErrors === null){
vErrors = [err71];
}
else {
vErrors.push(err71);
}
errors++;
}
}
else {
const err72 = {instancePath:instancePath+"/backends/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/prefix",schemaPath:"#/definitions/backend/properties/prefix/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err72];
}
else {
vErrors.push(err72);
}
errors++;
}
}
if(data30.description !== undefined){
if(typeof data30.description !== "string"){
const err73 = {instancePath:instancePath+"/backends/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/description",schemaPath:"#/definitions/backend/properties/description/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err73];
}
else {
vErrors.push(err73);
}
errors++;
}
}
}
}
}
else {
const err74 = {instancePath:instancePath+"/backends",schemaPath:"#/properties/backends/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err74];
}
else {
vErrors.push(err74);
}
errors++;
}
}
if(data.defaults !== undefined){
let data39 = data.defaults;
if(data39 && typeof data39 == "object" && !Array.isArray(data39)){
for(const key6 in data39){
if(!(func2.call(schema11.properties.defaults.properties, key6))){
const err75 = {instancePath:instancePath+"/defaults",schemaPath:"#/properties/defaults/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key6},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err75];
}
else {
vErrors.push(err75);
}
errors++;
}
}
if(data39.backend !== undefined){
if(typeof data39.backend !== "string"){
const err76 = {instancePath:instancePath+"/defaults/backend",schemaPath:"#/definitions/backendName/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err76];
}
else {
vErrors.push(err76);
}
errors++;
}
}
if(data39.serializer !== undefined){
let data41 = data39.serializer;
if(((typeof data41 !== "string") && (!(Array.isArray(data41)))) && (data41 !== null)){
const err77 = {instancePath:instancePath+"/defaults/serializer",schemaPath:"#/definitions/serializer/type",keyword:"type",params:{type: schema15.type},message:"must be string,array,null"};
if(vErrors === null){
vErrors = [err77];
}
else {
vErrors.push(err77);
}
errors++;
}
if(Array.isArray(data41)){
if(data41.length < 1){
const err78 = {instancePath:instancePath+"/defaults/serializer",schemaPath:"#/definitions/serializer/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err78];
}
else {
vErrors.push(err78);
}
errors++;
}
const len3 = data41.length;
for(let i3=0; i3<len3; i3++){
let data42 = data41[i3];
if((typeof data42 !== "string") && (data42 !== null)){
const err79 = {instancePath:instancePath+"/defaults/serializer/" + i3,schemaPath:"#/definitions/serializer/items/type",keyword:"type",params:{type: schema15.items.type},message:"must be string,null"};
if(vErrors === null){
vErrors = [err79];
}
else {
vErrors.push(err79);
}
errors++;
}
}
}
}
if(data39.ttl !== undefined){
let data43 = data39.ttl;
if((typeof data43 !== "string") && (!(data43 && typeof data43 == "object" && !Array.isArray(data43)))){
const err80 = {instancePath:instancePath+"/defaults/ttl",schemaPath:"#/definitions/ttl/type",keyword:"type",params:{type: schema16.type},message:"must be string,object"};
if(vErrors === null){
vErrors = [err80];
}
else {
vErrors.push(err80);
}
errors++;
}
if(typeof data43 === "string"){
if(!pattern7.test(data43)){
const err81 = {instancePath:instancePath+"/defaults/ttl",schemaPath:"#/definitions/ttl/pattern",keyword:"pattern",params:{pattern: "^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*|forever)$"},message:"must match pattern \""+"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*|forever)$"+"\""};
if(vErrors === null){
vErrors = [err81];
}
else {
vErrors.push(err81);
}
errors++;
}
}
if(data43 && typeof data43 == "object" && !Array.isArray(data43)){
if(data43.function === undefined){
const err82 = {instancePath:instancePath+"/defaults/ttl",schemaPath:"#/definitions/ttl/required",keyword:"required",params:{missingProperty: "function"},message:"must have required property '"+"function"+"'"};
if(vErrors === null){
vErrors = [err82];
}
else {
vErrors.push(err82);
}
errors++;
}
if(data43.max === undefined){
const err83 = {instancePath:instancePath+"/defaults/ttl",schemaPath:"#/definitions/ttl/required",keyword:"required",params:{missingProperty: "max"},message:"must have required property '"+"max"+"'"};
if(vErrors === null){
vErrors = [err83];
}
else {
vErrors.push(err83);
}
errors++;
}
for(const key7 in data43){
if(!((key7 === "function") || (key7 === "max"))){
const err84 = {instancePath:instancePath+"/defaults/ttl",schemaPath:"#/definitions/ttl/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key7},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err84];
}
else {
vErrors.push(err84);
}
errors++;
}
}
if(data43.function !== undefined){
if(typeof data43.function !== "string"){
const err85 = {instancePath:instancePath+"/defaults/ttl/function",schemaPath:"#/definitions/ttl/properties/function/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err85];
}
else {
vErrors.push(err85);
}
errors++;
}
}
if(data43.max !== undefined){
let data45 = data43.max;
if(typeof data45 === "string"){
if(!pattern7.test(data45)){
const err86 = {instancePath:instancePath+"/defaults/ttl/max",schemaPath:"#/definitions/ttl/properties/max/pattern",keyword:"pattern",params:{pattern: "^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*|forever)$"},message:"must match pattern \""+"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*|forever)$"+"\""};
if(vErrors === null){
vErrors = [err86];
}
else {
vErrors.push(err86);
}
errors++;
}
}
else {
const err87 = {instancePath:instancePath+"/defaults/ttl/max",schemaPath:"#/definitions/ttl/properties/max/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err87];
}
else {
vErrors.push(err87);
}
errors++;
}
}
}
}
if(data39["max-ttl"] !== undefined){
let data46 = data39["max-ttl"];
if(typeof data46 === "string"){
if(!pattern7.test(data46)){
const err88 = {instancePath:instancePath+"/defaults/max-ttl",schemaPath:"#/definitions/maxTtl/pattern",keyword:"pattern",params:{pattern: "^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*|forever)$"},message:"must match pattern \""+"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*|forever)$"+"\""};
if(vErrors === null){
vErrors = [err88];
}
else {
vErrors.push(err88);
}
errors++;
}
}
else {
const err89 = {instancePath:instancePath+"/defaults/max-ttl",schemaPath:"#/definitions/maxTtl/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err89];
}
else {
vErrors.push(err89);
}
errors++;
}
}
if(data39.jitter !== undefined){
let data47 = data39.jitter;
if(typeof data47 === "string"){
if(!pattern10.test(data47)){
const err90 = {instancePath:instancePath+"/defaults/jitter",schemaPath:"#/definitions/jitter/pattern",keyword:"pattern",params:{pattern: "^(?!0+(?:\\.0+)?%)\\d{1,2}(?:\\.\\d+)?%$"},message:"must match pattern \""+"^(?!0+(?:\\.0+)?%)\\d{1,2}(?:\\.\\d+)?%$"+"\""};
if(vErrors === null){
vErrors = [err90];
}
else {
vErrors.push(err90);
}
errors++;
}
}
else {
const err91 = {instancePath:instancePath+"/defaults/jitter",schemaPath:"#/definitions/jitter/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err91];
}
else {
vErrors.push(err91);
}
errors++;
}
}
if(data39.negative !== undefined){
let data48 = data39.negative;
if((typeof data48 !== "string") && (!(data48 && typeof data48 == "object" && !Array.isArray(data48)))){
const err92 = {instancePath:instancePath+"/defaults/negative",schemaPath:"#/definitions/negative/type",keyword:"type",params:{type: schema19.type},message:"must be string,object"};
if(vErrors === null){
vErrors = [err92];
}
else {
vErrors.push(err92);
}
errors++;
}
if(typeof data48 === "string"){
if(!pattern11.test(data48)){
const err93 = {instancePath:instancePath+"/defaults/negative",schemaPath:"#/definitions/negative/pattern",keyword:"pattern",params:{pattern: "^(?:store|skip)$"},message:"must match pattern \""+"^(?:store|skip)$"+"\""};
if(vErrors === null){
vErrors = [err93];
}
else {
vErrors.push(err93);
}
errors++;
}
}
if(data48 && typeof data48 == "object" && !Array.isArray(data48)){
if(data48.ttl === undefined){
const err94 = {instancePath:instancePath+"/defaults/negative",schemaPath:"#/definitions/negative/required",keyword:"required",params:{missingProperty: "ttl"},message:"must have required property '"+"ttl"+"'"};
if(vErrors === null){
vErrors = [err94];
}
else {
vErrors.push(err94);
}
errors++;
}
for(const key8 in data48){
if(!(key8 === "ttl")){
const err95 = {instancePath:instancePath+"/defaults/negative",schemaPath:"#/definitions/negative/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key8},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err95];
}
else {
vErrors.push(err95);
}
errors++;
}
}
if(data48.ttl !== undefined){
let data49 = data48.ttl;
if(typeof data49 === "string"){
if(!pattern7.test(data49)){
const err96 = {instancePath:instancePath+"/defaults/negative/ttl",schemaPath:"#/definitions/negative/properties/ttl/pattern",keyword:"pattern",params:{pattern: "^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*|forever)$"},message:"must match pattern \""+"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*|forever)$"+"\""};
if(vErrors === null){
vErrors = [err96];
}
else {
vErrors.push(err96);
}
errors++;
}
}
else {
const err97 = {instancePath:instancePath+"/defaults/negative/ttl",schemaPath:"#/definitions/negative/properties/ttl/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err97];
}
else {
vErrors.push(err97);
}
errors++;
}
}
}
}
if(data39["max-value-size"] !== undefined){
let data50 = data39["max-value-size"];
if(typeof data50 === "string"){
if(!pattern13.test(data50)){
const err98 = {instancePath:instancePath+"/defaults/max-value-size",schemaPath:"#/definitions/maxValueSize/pattern",keyword:"pattern",params:{pattern: "^0*[1-9]\\d*(?:[kKmMgG]?[bB])$"},message:"must match pattern \""+"^0*[1-9]\\d*(?:[kKmMgG]?[bB])$"+"\""};
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
const err99 = {instancePath:instancePath+"/defaults/max-value-size",schemaPath:"#/definitions/maxValueSize/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err99];
}
else {
vErrors.push(err99);
}
errors++;
}
}
if(data39.offload !== undefined){
let data51 = data39.offload;
if(typeof data51 === "string"){
if(!pattern14.test(data51)){
const err100 = {instancePath:instancePath+"/defaults/offload",schemaPath:"#/definitions/offload/pattern",keyword:"pattern",params:{pattern: "^(?:always|0*[1-9]\\d*(?:[kKmMgG]?[bB]))$"},message:"must match pattern \""+"^(?:always|0*[1-9]\\d*(?:[kKmMgG]?[bB]))$"+"\""};
if(vErrors === null){
vErrors = [err100];
}
else {
vErrors.push(err100);
}
errors++;
}
}
else {
const err101 = {instancePath:instancePath+"/defaults/offload",schemaPath:"#/definitions/offload/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err101];
}
else {
vErrors.push(err101);
}
errors++;
}
}
if(data39.validate !== undefined){
if(typeof data39.validate !== "boolean"){
const err102 = {instancePath:instancePath+"/defaults/validate",schemaPath:"#/definitions/validate/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err102];
}
else {
vErrors.push(err102);
}
errors++;
}
}
if(data39.isolation !== undefined){
let data53 = data39.isolation;
if(!(((data53 === "clone") || (data53 === "freeze")) || (data53 === "share"))){
const err103 = {instancePath:instancePath+"/defaults/isolation",schemaPath:"#/definitions/isolation/enum",keyword:"enum",params:{allowedValues: schema23.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err103];
}
else {
vErrors.push(err103);
}
errors++;
}
}
if(data39.mode !== undefined){
let data54 = data39.mode;
if(typeof data54 !== "string"){
const err104 = {instancePath:instancePath+"/defaults/mode",schemaPath:"#/definitions/mode/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err104];
}
else {
vErrors.push(err104);
}
errors++;
}
if(!((data54 === "async") || (data54 === "sync"))){
const err105 = {instancePath:instancePath+"/defaults/mode",schemaPath:"#/definitions/mode/enum",keyword:"enum",params:{allowedValues: schema24.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err105];
}
else {
vErrors.push(err105);
}
errors++;
}
}
if(data39.blocking !== undefined){
if(typeof data39.blocking !== "boolean"){
const err106 = {instancePath:instancePath+"/defaults/blocking",schemaPath:"#/definitions/blocking/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err106];
}
else {
vErrors.push(err106);
}
errors++;
}
}
if(data39["on-invalidation-error"] !== undefined){
let data56 = data39["on-invalidation-error"];
if(typeof data56 !== "string"){
const err107 = {instancePath:instancePath+"/defaults/on-invalidation-error",schemaPath:"#/definitions/onInvalidationError/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err107];
}
else {
vErrors.push(err107);
}
errors++;
}
if(!((data56 === "throw") || (data56 === "warn"))){
const err108 = {instancePath:instancePath+"/defaults/on-invalidation-error",schemaPath:"#/definitions/onInvalidationError/enum",keyword:"enum",params:{allowedValues: schema26.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err108];
}
else {
vErrors.push(err108);
}
errors++;
}
}
if(data39["long-lived"] !== undefined){
let data57 = data39["long-lived"];
if(typeof data57 === "string"){
if(!pattern7.test(data57)){
const err109 = {instancePath:instancePath+"/defaults/long-lived",schemaPath:"#/definitions/longLived/pattern",keyword:"pattern",params:{pattern: "^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*|forever)$"},message:"must match pattern \""+"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*|forever)$"+"\""};
if(vErrors === null){
vErrors = [err109];
}
else {
vErrors.push(err109);
}
errors++;
}
}
else {
const err110 = {instancePath:instancePath+"/defaults/long-lived",schemaPath:"#/definitions/longLived/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err110];
}
else {
vErrors.push(err110);
}
errors++;
}
}
}
else {
const err111 = {instancePath:instancePath+"/defaults",schemaPath:"#/properties/defaults/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err111];
}
else {
vErrors.push(err111);
}
errors++;
}
}
if(data.caches !== undefined){
let data58 = data.caches;
if(data58 && typeof data58 == "object" && !Array.isArray(data58)){
if(Object.keys(data58).length < 1){
const err112 = {instancePath:instancePath+"/caches",schemaPath:"#/properties/caches/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
if(vErrors === null){
vErrors = [err112];
}
else {
vErrors.push(err112);
}
errors++;
}
for(const key9 in data58){
const _errs142 = errors;
if(typeof key9 === "string"){
if(!pattern5.test(key9)){
const err113 = {instancePath:instancePath+"/caches",schemaPath:"#/definitions/name/pattern",keyword:"pattern",params:{pattern: "^[a-z][A-Za-z0-9]*$"},message:"must match pattern \""+"^[a-z][A-Za-z0-9]*$"+"\"",propertyName:key9};
if(vErrors === null){
vErrors = [err113];
}
else {
vErrors.push(err113);
}
errors++;
}
}
else {
const err114 = {instancePath:instancePath+"/caches",schemaPath:"#/definitions/name/type",keyword:"type",params:{type: "string"},message:"must be string",propertyName:key9};
if(vErrors === null){
vErrors = [err114];
}
else {
vErrors.push(err114);
}
errors++;
}
var valid33 = _errs142 === errors;
if(!valid33){
const err115 = {instancePath:instancePath+"/caches",schemaPath:"#/properties/caches/propertyNames",keyword:"propertyNames",params:{propertyName: key9},message:"property name must be valid"};
if(vErrors === null){
vErrors = [err115];
}
else {
vErrors.push(err115);
}
errors++;
}
}
for(const key10 in data58){
if(!(validate11(data58[key10], {instancePath:instancePath+"/caches/" + key10.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data58,parentDataProperty:key10,rootData}))){
vErrors = vErrors === null ? validate11.errors : vErrors.concat(validate11.errors);
errors = vErrors.length;
}
}
}
else {
const err116 = {instancePath:instancePath+"/caches",schemaPath:"#/properties/caches/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err116];
}
else {
vErrors.push(err116);
}
errors++;
}
}
if(data.memoize !== undefined){
let data60 = data.memoize;
if(data60 && typeof data60 == "object" && !Array.isArray(data60)){
if(Object.keys(data60).length < 1){
const err117 = {instancePath:instancePath+"/memoize",schemaPath:"#/properties/memoize/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
if(vErrors === null){
vErrors = [err117];
}
else {
vErrors.push(err117);
}
errors++;
}
for(const key11 in data60){
const _errs149 = errors;
if(typeof key11 === "string"){
if(!pattern5.test(key11)){
const err118 = {instancePath:instancePath+"/memoize",schemaPath:"#/definitions/name/pattern",keyword:"pattern",params:{pattern: "^[a-z][A-Za-z0-9]*$"},message:"must match pattern \""+"^[a-z][A-Za-z0-9]*$"+"\"",propertyName:key11};
if(vErrors === null){
vErrors = [err118];
}
else {
vErrors.push(err118);
}
errors++;
}
}
else {
const err119 = {instancePath:instancePath+"/memoize",schemaPath:"#/definitions/name/type",keyword:"type",params:{type: "string"},message:"must be string",propertyName:key11};
if(vErrors === null){
vErrors = [err119];
}
else {
vErrors.push(err119);
}
errors++;
}
var valid36 = _errs149 === errors;
if(!valid36){
const err120 = {instancePath:instancePath+"/memoize",schemaPath:"#/properties/memoize/propertyNames",keyword:"propertyNames",params:{propertyName: key11},message:"property name must be valid"};
if(vErrors === null){
vErrors = [err120];
}
else {
vErrors.push(err120);
}
errors++;
}
}
for(const key12 in data60){
if(!(validate13(data60[key12], {instancePath:instancePath+"/memoize/" + key12.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data60,parentDataProperty:key12,rootData}))){
vErrors = vErrors === null ? validate13.errors : vErrors.concat(validate13.errors);
errors = vErrors.length;
}
}
}
else {
const err121 = {instancePath:instancePath+"/memoize",schemaPath:"#/properties/memoize/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err121];
}
else {
vErrors.push(err121);
}
errors++;
}
}
if(data.mutate !== undefined){
let data62 = data.mutate;
if(data62 && typeof data62 == "object" && !Array.isArray(data62)){
if(Object.keys(data62).length < 1){
const err122 = {instancePath:instancePath+"/mutate",schemaPath:"#/properties/mutate/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
if(vErrors === null){
vErrors = [err122];
}
else {
vErrors.push(err122);
}
errors++;
}
for(const key13 in data62){
const _errs156 = errors;
if(typeof key13 === "string"){
if(!pattern5.test(key13)){
const err123 = {instancePath:instancePath+"/mutate",schemaPath:"#/definitions/name/pattern",keyword:"pattern",params:{pattern: "^[a-z][A-Za-z0-9]*$"},message:"must match pattern \""+"^[a-z][A-Za-z0-9]*$"+"\"",propertyName:key13};
if(vErrors === null){
vErrors = [err123];
}
else {
vErrors.push(err123);
}
errors++;
}
}
else {
const err124 = {instancePath:instancePath+"/mutate",schemaPath:"#/definitions/name/type",keyword:"type",params:{type: "string"},message:"must be string",propertyName:key13};
if(vErrors === null){
vErrors = [err124];
}
else {
vErrors.push(err124);
}
errors++;
}
var valid39 = _errs156 === errors;
if(!valid39){
const err125 = {instancePath:instancePath+"/mutate",schemaPath:"#/properties/mutate/propertyNames",keyword:"propertyNames",params:{propertyName: key13},message:"property name must be valid"};
if(vErrors === null){
vErrors = [err125];
}
else {
vErrors.push(err125);
}
errors++;
}
}
for(const key14 in data62){
if(!(validate15(data62[key14], {instancePath:instancePath+"/mutate/" + key14.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data62,parentDataProperty:key14,rootData}))){
vErrors = vErrors === null ? validate15.errors : vErrors.concat(validate15.errors);
errors = vErrors.length;
}
}
}
else {
const err126 = {instancePath:instancePath+"/mutate",schemaPath:"#/properties/mutate/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err126];
}
else {
vErrors.push(err126);
}
errors++;
}
}
}
else {
const err127 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err127];
}
else {
vErrors.push(err127);
}
errors++;
}
validate10.errors = vErrors;
return errors === 0;
}
