// @ts-nocheck
// @generated from schemas/caches.schema.json by scripts/build-schema-validator.mjs. Do not edit.
import type { SchemaValidator } from "./schema-error.ts";

export const validate: SchemaValidator = validate10;
const schema11 = {"$schema":"http://json-schema.org/draft-07/schema#","type":"object","additionalProperties":false,"required":["version"],"patternProperties":{"^x-":{}},"properties":{"version":{"const":1},"output":{"type":"string","pattern":"^(?!/)(?!\\.{1,2}/*$)[^\\\\]+$"},"include":{"type":"array","minItems":1,"items":{"type":"string"}},"rules":{"type":"object","additionalProperties":false,"patternProperties":{"^C\\d{4}$":{"type":"string","enum":["off","warning","error"]}},"properties":{"process-local-fallback":{"type":"string","enum":["off","warning","error"]},"unclearable-cache":{"type":"string","enum":["off","warning","error"]},"unused-development-url":{"type":"string","enum":["off","warning","error"]},"unused-blocking":{"type":"string","enum":["off","warning","error"]},"uninvalidated-cache":{"type":"string","enum":["off","warning","error"]},"unused-suppression":{"type":"string","enum":["off","warning","error"]},"unused-backend":{"type":"string","enum":["off","warning","error"]},"unused-default":{"type":"string","enum":["off","warning","error"]},"unknown-environment-name":{"type":"string","enum":["off","warning","error"]},"unused-environment-name":{"type":"string","enum":["off","warning","error"]},"unreachable-ttl":{"type":"string","enum":["off","warning","error"]},"unbounded-memory":{"type":"string","enum":["off","warning","error"]},"useless-memory":{"type":"string","enum":["off","warning","error"]},"forever-without-eviction":{"type":"string","enum":["off","warning","error"]},"useless-compressor":{"type":"string","enum":["off","warning","error"]},"unused-isolation":{"type":"string","enum":["off","warning","error"]},"undecided-null":{"type":"string","enum":["off","warning","error"]},"unused-negative":{"type":"string","enum":["off","warning","error"]},"unused-invalidation":{"type":"string","enum":["off","warning","error"]},"useless-hmac":{"type":"string","enum":["off","warning","error"]},"unused-allow-any":{"type":"string","enum":["off","warning","error"]},"missing-package":{"type":"string","enum":["off","warning","error"]},"missing-runtime":{"type":"string","enum":["off","warning","error"]}}},"environment":{"type":"array","items":{"type":"string","pattern":"^[A-Za-z_][A-Za-z0-9_]*$"}},"backends":{"type":"object","minProperties":1,"propertyNames":{"$ref":"#/definitions/name"},"additionalProperties":{"$ref":"#/definitions/backend"}},"defaults":{"type":"object","additionalProperties":false,"properties":{"backend":{"$ref":"#/definitions/backendName"},"layers":{"$ref":"#/definitions/layers"},"invalidation":{"$ref":"#/definitions/invalidationKind"},"serializer":{"$ref":"#/definitions/serializer"},"ttl":{"$ref":"#/definitions/ttl"},"max-ttl":{"$ref":"#/definitions/maxTtl"},"jitter":{"$ref":"#/definitions/jitter"},"negative":{"$ref":"#/definitions/negative"},"max-value-size":{"$ref":"#/definitions/maxValueSize"},"single-flight":{"$ref":"#/definitions/singleFlight"},"write-back":{"$ref":"#/definitions/writeBack"},"stale":{"$ref":"#/definitions/stale"},"refresh-ahead":{"$ref":"#/definitions/refreshAhead"},"timeouts":{"$ref":"#/definitions/timeouts"},"offload":{"$ref":"#/definitions/offload"},"validate":{"$ref":"#/definitions/validate"},"isolation":{"$ref":"#/definitions/isolation"},"event-keys":{"$ref":"#/definitions/eventKeys"},"reads":{"$ref":"#/definitions/reads"},"recovery":{"$ref":"#/definitions/recovery"},"gutter":{"$ref":"#/definitions/gutter"},"max-loads":{"$ref":"#/definitions/maxLoads"},"on-backend-error":{"$ref":"#/definitions/onBackendError"},"mode":{"$ref":"#/definitions/mode"},"blocking":{"$ref":"#/definitions/blocking"},"key-secret":{"$ref":"#/definitions/keySecret"},"on-invalidation-error":{"$ref":"#/definitions/onInvalidationError"},"long-lived":{"$ref":"#/definitions/longLived"}}},"caches":{"type":"object","minProperties":1,"propertyNames":{"$ref":"#/definitions/name"},"additionalProperties":{"$ref":"#/definitions/cache"}},"memoize":{"type":"object","minProperties":1,"propertyNames":{"$ref":"#/definitions/name"},"additionalProperties":{"$ref":"#/definitions/memoized"}},"mutate":{"type":"object","minProperties":1,"propertyNames":{"$ref":"#/definitions/name"},"additionalProperties":{"$ref":"#/definitions/mutation"}}},"definitions":{"name":{"type":"string","pattern":"^[a-z][A-Za-z0-9]*$"},"backend":{"type":["string","object"],"additionalProperties":false,"required":["url"],"properties":{"url":{"type":"string"},"development":{"type":"string"},"schemes":{"type":"array","minItems":1,"items":{"type":"string"}},"distinct":{"type":"boolean"},"evicts":{"type":"boolean"},"prefix":{"type":"string","pattern":"^[^\\s~\\u0000-\\u001f\\u007f-\\u009f]*$"},"description":{"type":"string"}}},"cache":{"type":"object","additionalProperties":false,"required":["key","value"],"properties":{"description":{"type":"string"},"key":{"type":"string"},"value":{"type":["string","object"],"additionalProperties":false,"if":{"properties":{"schema":false}},"then":{"properties":{"type":true},"required":["type"]},"properties":{"type":{"type":"string"},"from":{"type":"string"},"allow-any":{"type":"array","minItems":1,"items":{"type":"string"}},"schema":{"anyOf":[{"$ref":"#/definitions/valueSchema"},{"type":"string"}]}}},"ttl":{"$ref":"#/definitions/ttl"},"max-ttl":{"$ref":"#/definitions/maxTtl"},"jitter":{"$ref":"#/definitions/jitter"},"negative":{"$ref":"#/definitions/negative"},"max-value-size":{"$ref":"#/definitions/maxValueSize"},"single-flight":{"$ref":"#/definitions/singleFlight"},"write-back":{"$ref":"#/definitions/writeBack"},"stale":{"$ref":"#/definitions/stale"},"refresh-ahead":{"$ref":"#/definitions/refreshAhead"},"timeouts":{"$ref":"#/definitions/timeouts"},"backend":{"$ref":"#/definitions/backendName"},"layers":{"$ref":"#/definitions/layers"},"invalidation":{"$ref":"#/definitions/invalidationKind"},"serializer":{"$ref":"#/definitions/serializer"},"offload":{"$ref":"#/definitions/offload"},"validate":{"$ref":"#/definitions/validate"},"isolation":{"$ref":"#/definitions/isolation"},"event-keys":{"$ref":"#/definitions/eventKeys"},"key-secret":{"$ref":"#/definitions/keySecret"},"reads":{"$ref":"#/definitions/reads"},"recovery":{"$ref":"#/definitions/recovery"},"gutter":{"$ref":"#/definitions/gutter"},"max-loads":{"$ref":"#/definitions/maxLoads"},"on-backend-error":{"$ref":"#/definitions/onBackendError"},"tags":{"type":"array","minItems":1,"items":{"type":"string"}},"revision":{"$ref":"#/definitions/revision"},"mode":{"$ref":"#/definitions/mode"},"blocking":{"$ref":"#/definitions/blocking"}}},"valueSchema":{},"memoized":{"type":"object","additionalProperties":false,"required":["function"],"properties":{"function":{"$ref":"#/definitions/functionName"},"batch":{"type":"string"},"max-batch":{"type":"integer","minimum":1,"maximum":9007199254740991},"cache":{"type":"string"},"parameters":{"type":"object","minProperties":1,"additionalProperties":{"type":"string"}},"ignore":{"type":"array","minItems":1,"items":{"type":"string"}},"ttl":{"$ref":"#/definitions/ttl"},"max-ttl":{"$ref":"#/definitions/maxTtl"},"jitter":{"$ref":"#/definitions/jitter"},"negative":{"$ref":"#/definitions/negative"},"max-value-size":{"$ref":"#/definitions/maxValueSize"},"single-flight":{"$ref":"#/definitions/singleFlight"},"write-back":{"$ref":"#/definitions/writeBack"},"stale":{"$ref":"#/definitions/stale"},"refresh-ahead":{"$ref":"#/definitions/refreshAhead"},"timeouts":{"$ref":"#/definitions/timeouts"},"backend":{"$ref":"#/definitions/backendName"},"layers":{"$ref":"#/definitions/layers"},"invalidation":{"$ref":"#/definitions/invalidationKind"},"serializer":{"$ref":"#/definitions/serializer"},"offload":{"$ref":"#/definitions/offload"},"validate":{"$ref":"#/definitions/validate"},"isolation":{"$ref":"#/definitions/isolation"},"event-keys":{"$ref":"#/definitions/eventKeys"},"reads":{"$ref":"#/definitions/reads"},"recovery":{"$ref":"#/definitions/recovery"},"gutter":{"$ref":"#/definitions/gutter"},"max-loads":{"$ref":"#/definitions/maxLoads"},"on-backend-error":{"$ref":"#/definitions/onBackendError"},"revision":{"$ref":"#/definitions/revision"},"mode":{"$ref":"#/definitions/mode"},"blocking":{"$ref":"#/definitions/blocking"}}},"functionName":{"type":"string"},"mutation":{"type":"object","additionalProperties":false,"required":["function","invalidates"],"properties":{"function":{"$ref":"#/definitions/functionName"},"invalidates":{"type":"array","minItems":1,"items":{"$ref":"#/definitions/invalidation"}},"before":{"type":"boolean"},"on-invalidation-error":{"$ref":"#/definitions/onInvalidationError"}}},"invalidation":{"type":["string","object"],"additionalProperties":false,"required":["target"],"properties":{"target":{"type":"string"},"before":{"type":"boolean"}}},"longLived":{"type":"string","pattern":"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*|forever)$"},"onInvalidationError":{"type":"string","enum":["throw","warn"]},"mode":{"type":"string","enum":["async","sync"]},"revision":{"type":"integer","minimum":1,"maximum":9007199254740991},"blocking":{"type":"boolean"},"backendName":{"type":"string"},"ttl":{"type":["string","object"],"pattern":"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*|forever)$","required":["function","max"],"additionalProperties":false,"properties":{"function":{"type":"string"},"max":{"type":"string","pattern":"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*|forever)$"}}},"maxTtl":{"type":"string","pattern":"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*|forever)$"},"jitter":{"type":"string","pattern":"^(?!0+(?:\\.0+)?%)\\d{1,2}(?:\\.\\d+)?%$"},"negative":{"type":["string","object"],"pattern":"^(?:store|skip)$","required":["ttl"],"additionalProperties":false,"properties":{"ttl":{"type":"string","pattern":"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*|forever)$"}}},"maxValueSize":{"type":"string","pattern":"^0*[1-9]\\d*(?:[kKmMgG]?[bB])$"},"singleFlight":{"type":["string","object"],"pattern":"^(?:process|cluster)$","additionalProperties":false,"minProperties":1,"properties":{"scope":{"type":"string","pattern":"^(?:process|cluster)$"},"lease":{"type":"string","pattern":"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*)$"},"deadline":{"type":"string","pattern":"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*)$"}}},"writeBack":{"enum":["if-absent","guarded"]},"stale":{"type":"object","additionalProperties":false,"properties":{"while-revalidate":{"type":"string","pattern":"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*)$"},"on-error":{"type":"string","pattern":"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*)$"},"throttle":{"type":"string","pattern":"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*)$"}}},"refreshAhead":{"type":"string","pattern":"^(?:xfetch|(?!0+(?:\\.0+)?%)\\d{1,2}(?:\\.\\d+)?%)$"},"timeouts":{"type":"object","additionalProperties":false,"properties":{"soft":{"type":"string","pattern":"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*)$"},"hard":{"type":"string","pattern":"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*)$"}}},"offload":{"type":"string","pattern":"^(?:always|0*[1-9]\\d*(?:[kKmMgG]?[bB]))$"},"validate":{"type":"boolean"},"layers":{"type":"array","minItems":2,"maxItems":2,"items":{"type":["string","object"],"additionalProperties":false,"required":["backend"],"properties":{"backend":{"$ref":"#/definitions/backendName"},"ttl":{"type":"string"}}}},"invalidationKind":{"enum":["tracking","bus","none"]},"isolation":{"enum":["clone","freeze","share"]},"eventKeys":{"type":"boolean"},"keySecret":{"type":"string"},"reads":{"enum":["master","replica"]},"gutter":{"type":["boolean","object"],"additionalProperties":false,"properties":{"ttl":{"type":"string","pattern":"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*)$"},"max-entries":{"type":"integer","minimum":1,"maximum":1000000}}},"maxLoads":{"type":"integer","minimum":1,"maximum":1000000},"onBackendError":{"enum":["miss","throw"]},"recovery":{"type":["boolean","object"],"additionalProperties":false,"properties":{"max-keys":{"type":"integer","minimum":1,"maximum":1000000}}},"serializer":{"type":["string","array","null"],"minItems":1,"items":{"type":["string","null"]}}}};
const schema12 = {"type":"string","pattern":"^[a-z][A-Za-z0-9]*$"};
const schema13 = {"type":["string","object"],"additionalProperties":false,"required":["url"],"properties":{"url":{"type":"string"},"development":{"type":"string"},"schemes":{"type":"array","minItems":1,"items":{"type":"string"}},"distinct":{"type":"boolean"},"evicts":{"type":"boolean"},"prefix":{"type":"string","pattern":"^[^\\s~\\u0000-\\u001f\\u007f-\\u009f]*$"},"description":{"type":"string"}}};
const schema14 = {"type":"string"};
const schema17 = {"enum":["tracking","bus","none"]};
const schema18 = {"type":["string","array","null"],"minItems":1,"items":{"type":["string","null"]}};
const schema19 = {"type":["string","object"],"pattern":"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*|forever)$","required":["function","max"],"additionalProperties":false,"properties":{"function":{"type":"string"},"max":{"type":"string","pattern":"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*|forever)$"}}};
const schema20 = {"type":"string","pattern":"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*|forever)$"};
const schema21 = {"type":"string","pattern":"^(?!0+(?:\\.0+)?%)\\d{1,2}(?:\\.\\d+)?%$"};
const schema22 = {"type":["string","object"],"pattern":"^(?:store|skip)$","required":["ttl"],"additionalProperties":false,"properties":{"ttl":{"type":"string","pattern":"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*|forever)$"}}};
const schema23 = {"type":"string","pattern":"^0*[1-9]\\d*(?:[kKmMgG]?[bB])$"};
const schema24 = {"type":["string","object"],"pattern":"^(?:process|cluster)$","additionalProperties":false,"minProperties":1,"properties":{"scope":{"type":"string","pattern":"^(?:process|cluster)$"},"lease":{"type":"string","pattern":"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*)$"},"deadline":{"type":"string","pattern":"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*)$"}}};
const schema25 = {"enum":["if-absent","guarded"]};
const schema26 = {"type":"object","additionalProperties":false,"properties":{"while-revalidate":{"type":"string","pattern":"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*)$"},"on-error":{"type":"string","pattern":"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*)$"},"throttle":{"type":"string","pattern":"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*)$"}}};
const schema27 = {"type":"string","pattern":"^(?:xfetch|(?!0+(?:\\.0+)?%)\\d{1,2}(?:\\.\\d+)?%)$"};
const schema28 = {"type":"object","additionalProperties":false,"properties":{"soft":{"type":"string","pattern":"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*)$"},"hard":{"type":"string","pattern":"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*)$"}}};
const schema29 = {"type":"string","pattern":"^(?:always|0*[1-9]\\d*(?:[kKmMgG]?[bB]))$"};
const schema30 = {"type":"boolean"};
const schema31 = {"enum":["clone","freeze","share"]};
const schema32 = {"type":"boolean"};
const schema33 = {"enum":["master","replica"]};
const schema34 = {"type":["boolean","object"],"additionalProperties":false,"properties":{"max-keys":{"type":"integer","minimum":1,"maximum":1000000}}};
const schema35 = {"type":["boolean","object"],"additionalProperties":false,"properties":{"ttl":{"type":"string","pattern":"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*)$"},"max-entries":{"type":"integer","minimum":1,"maximum":1000000}}};
const schema36 = {"type":"integer","minimum":1,"maximum":1000000};
const schema37 = {"enum":["miss","throw"]};
const schema38 = {"type":"string","enum":["async","sync"]};
const schema39 = {"type":"boolean"};
const schema40 = {"type":"string"};
const schema41 = {"type":"string","enum":["throw","warn"]};
const schema42 = {"type":"string","pattern":"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*|forever)$"};
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
const pattern14 = new RegExp("^(?:process|cluster)$", "u");
const pattern16 = new RegExp("^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*)$", "u");
const pattern21 = new RegExp("^(?:xfetch|(?!0+(?:\\.0+)?%)\\d{1,2}(?:\\.\\d+)?%)$", "u");
const pattern24 = new RegExp("^(?:always|0*[1-9]\\d*(?:[kKmMgG]?[bB]))$", "u");
const schema15 = {"type":"array","minItems":2,"maxItems":2,"items":{"type":["string","object"],"additionalProperties":false,"required":["backend"],"properties":{"backend":{"$ref":"#/definitions/backendName"},"ttl":{"type":"string"}}}};

function validate11(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(Array.isArray(data)){
if(data.length > 2){
const err0 = {instancePath,schemaPath:"#/maxItems",keyword:"maxItems",params:{limit: 2},message:"must NOT have more than 2 items"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.length < 2){
const err1 = {instancePath,schemaPath:"#/minItems",keyword:"minItems",params:{limit: 2},message:"must NOT have fewer than 2 items"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
let data0 = data[i0];
if((typeof data0 !== "string") && (!(data0 && typeof data0 == "object" && !Array.isArray(data0)))){
const err2 = {instancePath:instancePath+"/" + i0,schemaPath:"#/items/type",keyword:"type",params:{type: schema15.items.type},message:"must be string,object"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data0 && typeof data0 == "object" && !Array.isArray(data0)){
if(data0.backend === undefined){
const err3 = {instancePath:instancePath+"/" + i0,schemaPath:"#/items/required",keyword:"required",params:{missingProperty: "backend"},message:"must have required property '"+"backend"+"'"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
for(const key0 in data0){
if(!((key0 === "backend") || (key0 === "ttl"))){
const err4 = {instancePath:instancePath+"/" + i0,schemaPath:"#/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data0.backend !== undefined){
if(typeof data0.backend !== "string"){
const err5 = {instancePath:instancePath+"/" + i0+"/backend",schemaPath:"#/definitions/backendName/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data0.ttl !== undefined){
if(typeof data0.ttl !== "string"){
const err6 = {instancePath:instancePath+"/" + i0+"/ttl",schemaPath:"#/items/properties/ttl/type",keyword:"type",params:{type: "string"},message:"must be string"};
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
}
}
else {
const err7 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
validate11.errors = vErrors;
return errors === 0;
}

const schema44 = {"type":"object","additionalProperties":false,"required":["key","value"],"properties":{"description":{"type":"string"},"key":{"type":"string"},"value":{"type":["string","object"],"additionalProperties":false,"if":{"properties":{"schema":false}},"then":{"properties":{"type":true},"required":["type"]},"properties":{"type":{"type":"string"},"from":{"type":"string"},"allow-any":{"type":"array","minItems":1,"items":{"type":"string"}},"schema":{"anyOf":[{"$ref":"#/definitions/valueSchema"},{"type":"string"}]}}},"ttl":{"$ref":"#/definitions/ttl"},"max-ttl":{"$ref":"#/definitions/maxTtl"},"jitter":{"$ref":"#/definitions/jitter"},"negative":{"$ref":"#/definitions/negative"},"max-value-size":{"$ref":"#/definitions/maxValueSize"},"single-flight":{"$ref":"#/definitions/singleFlight"},"write-back":{"$ref":"#/definitions/writeBack"},"stale":{"$ref":"#/definitions/stale"},"refresh-ahead":{"$ref":"#/definitions/refreshAhead"},"timeouts":{"$ref":"#/definitions/timeouts"},"backend":{"$ref":"#/definitions/backendName"},"layers":{"$ref":"#/definitions/layers"},"invalidation":{"$ref":"#/definitions/invalidationKind"},"serializer":{"$ref":"#/definitions/serializer"},"offload":{"$ref":"#/definitions/offload"},"validate":{"$ref":"#/definitions/validate"},"isolation":{"$ref":"#/definitions/isolation"},"event-keys":{"$ref":"#/definitions/eventKeys"},"key-secret":{"$ref":"#/definitions/keySecret"},"reads":{"$ref":"#/definitions/reads"},"recovery":{"$ref":"#/definitions/recovery"},"gutter":{"$ref":"#/definitions/gutter"},"max-loads":{"$ref":"#/definitions/maxLoads"},"on-backend-error":{"$ref":"#/definitions/onBackendError"},"tags":{"type":"array","minItems":1,"items":{"type":"string"}},"revision":{"$ref":"#/definitions/revision"},"mode":{"$ref":"#/definitions/mode"},"blocking":{"$ref":"#/definitions/blocking"}}};
const schema45 = {};
const schema69 = {"type":"integer","minimum":1,"maximum":9007199254740991};

function validate13(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
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
if(!(func2.call(schema44.properties, key0))){
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
const err5 = {instancePath:instancePath+"/value",schemaPath:"#/properties/value/type",keyword:"type",params:{type: schema44.properties.value.type},message:"must be string,object"};
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
const err17 = {instancePath:instancePath+"/ttl",schemaPath:"#/definitions/ttl/type",keyword:"type",params:{type: schema19.type},message:"must be string,object"};
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
const err29 = {instancePath:instancePath+"/negative",schemaPath:"#/definitions/negative/type",keyword:"type",params:{type: schema22.type},message:"must be string,object"};
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
if(data["single-flight"] !== undefined){
let data17 = data["single-flight"];
if((typeof data17 !== "string") && (!(data17 && typeof data17 == "object" && !Array.isArray(data17)))){
const err37 = {instancePath:instancePath+"/single-flight",schemaPath:"#/definitions/singleFlight/type",keyword:"type",params:{type: schema24.type},message:"must be string,object"};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
if(typeof data17 === "string"){
if(!pattern14.test(data17)){
const err38 = {instancePath:instancePath+"/single-flight",schemaPath:"#/definitions/singleFlight/pattern",keyword:"pattern",params:{pattern: "^(?:process|cluster)$"},message:"must match pattern \""+"^(?:process|cluster)$"+"\""};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
}
if(data17 && typeof data17 == "object" && !Array.isArray(data17)){
if(Object.keys(data17).length < 1){
const err39 = {instancePath:instancePath+"/single-flight",schemaPath:"#/definitions/singleFlight/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
for(const key4 in data17){
if(!(((key4 === "scope") || (key4 === "lease")) || (key4 === "deadline"))){
const err40 = {instancePath:instancePath+"/single-flight",schemaPath:"#/definitions/singleFlight/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key4},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
}
if(data17.scope !== undefined){
let data18 = data17.scope;
if(typeof data18 === "string"){
if(!pattern14.test(data18)){
const err41 = {instancePath:instancePath+"/single-flight/scope",schemaPath:"#/definitions/singleFlight/properties/scope/pattern",keyword:"pattern",params:{pattern: "^(?:process|cluster)$"},message:"must match pattern \""+"^(?:process|cluster)$"+"\""};
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
const err42 = {instancePath:instancePath+"/single-flight/scope",schemaPath:"#/definitions/singleFlight/properties/scope/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
}
if(data17.lease !== undefined){
let data19 = data17.lease;
if(typeof data19 === "string"){
if(!pattern16.test(data19)){
const err43 = {instancePath:instancePath+"/single-flight/lease",schemaPath:"#/definitions/singleFlight/properties/lease/pattern",keyword:"pattern",params:{pattern: "^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*)$"},message:"must match pattern \""+"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*)$"+"\""};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
}
else {
const err44 = {instancePath:instancePath+"/single-flight/lease",schemaPath:"#/definitions/singleFlight/properties/lease/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
}
if(data17.deadline !== undefined){
let data20 = data17.deadline;
if(typeof data20 === "string"){
if(!pattern16.test(data20)){
const err45 = {instancePath:instancePath+"/single-flight/deadline",schemaPath:"#/definitions/singleFlight/properties/deadline/pattern",keyword:"pattern",params:{pattern: "^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*)$"},message:"must match pattern \""+"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*)$"+"\""};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
}
else {
const err46 = {instancePath:instancePath+"/single-flight/deadline",schemaPath:"#/definitions/singleFlight/properties/deadline/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
}
}
}
if(data["write-back"] !== undefined){
let data21 = data["write-back"];
if(!((data21 === "if-absent") || (data21 === "guarded"))){
const err47 = {instancePath:instancePath+"/write-back",schemaPath:"#/definitions/writeBack/enum",keyword:"enum",params:{allowedValues: schema25.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
}
if(data.stale !== undefined){
let data22 = data.stale;
if(data22 && typeof data22 == "object" && !Array.isArray(data22)){
for(const key5 in data22){
if(!(((key5 === "while-revalidate") || (key5 === "on-error")) || (key5 === "throttle"))){
const err48 = {instancePath:instancePath+"/stale",schemaPath:"#/definitions/stale/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key5},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
}
if(data22["while-revalidate"] !== undefined){
let data23 = data22["while-revalidate"];
if(typeof data23 === "string"){
if(!pattern16.test(data23)){
const err49 = {instancePath:instancePath+"/stale/while-revalidate",schemaPath:"#/definitions/stale/properties/while-revalidate/pattern",keyword:"pattern",params:{pattern: "^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*)$"},message:"must match pattern \""+"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*)$"+"\""};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
}
else {
const err50 = {instancePath:instancePath+"/stale/while-revalidate",schemaPath:"#/definitions/stale/properties/while-revalidate/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
}
}
if(data22["on-error"] !== undefined){
let data24 = data22["on-error"];
if(typeof data24 === "string"){
if(!pattern16.test(data24)){
const err51 = {instancePath:instancePath+"/stale/on-error",schemaPath:"#/definitions/stale/properties/on-error/pattern",keyword:"pattern",params:{pattern: "^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*)$"},message:"must match pattern \""+"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*)$"+"\""};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
}
else {
const err52 = {instancePath:instancePath+"/stale/on-error",schemaPath:"#/definitions/stale/properties/on-error/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err52];
}
else {
vErrors.push(err52);
}
errors++;
}
}
if(data22.throttle !== undefined){
let data25 = data22.throttle;
if(typeof data25 === "string"){
if(!pattern16.test(data25)){
const err53 = {instancePath:instancePath+"/stale/throttle",schemaPath:"#/definitions/stale/properties/throttle/pattern",keyword:"pattern",params:{pattern: "^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*)$"},message:"must match pattern \""+"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*)$"+"\""};
if(vErrors === null){
vErrors = [err53];
}
else {
vErrors.push(err53);
}
errors++;
}
}
else {
const err54 = {instancePath:instancePath+"/stale/throttle",schemaPath:"#/definitions/stale/properties/throttle/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err54];
}
else {
vErrors.push(err54);
}
errors++;
}
}
}
else {
const err55 = {instancePath:instancePath+"/stale",schemaPath:"#/definitions/stale/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err55];
}
else {
vErrors.push(err55);
}
errors++;
}
}
if(data["refresh-ahead"] !== undefined){
let data26 = data["refresh-ahead"];
if(typeof data26 === "string"){
if(!pattern21.test(data26)){
const err56 = {instancePath:instancePath+"/refresh-ahead",schemaPath:"#/definitions/refreshAhead/pattern",keyword:"pattern",params:{pattern: "^(?:xfetch|(?!0+(?:\\.0+)?%)\\d{1,2}(?:\\.\\d+)?%)$"},message:"must match pattern \""+"^(?:xfetch|(?!0+(?:\\.0+)?%)\\d{1,2}(?:\\.\\d+)?%)$"+"\""};
if(vErrors === null){
vErrors = [err56];
}
else {
vErrors.push(err56);
}
errors++;
}
}
else {
const err57 = {instancePath:instancePath+"/refresh-ahead",schemaPath:"#/definitions/refreshAhead/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err57];
}
else {
vErrors.push(err57);
}
errors++;
}
}
if(data.timeouts !== undefined){
let data27 = data.timeouts;
if(data27 && typeof data27 == "object" && !Array.isArray(data27)){
for(const key6 in data27){
if(!((key6 === "soft") || (key6 === "hard"))){
const err58 = {instancePath:instancePath+"/timeouts",schemaPath:"#/definitions/timeouts/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key6},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err58];
}
else {
vErrors.push(err58);
}
errors++;
}
}
if(data27.soft !== undefined){
let data28 = data27.soft;
if(typeof data28 === "string"){
if(!pattern16.test(data28)){
const err59 = {instancePath:instancePath+"/timeouts/soft",schemaPath:"#/definitions/timeouts/properties/soft/pattern",keyword:"pattern",params:{pattern: "^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*)$"},message:"must match pattern \""+"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*)$"+"\""};
if(vErrors === null){
vErrors = [err59];
}
else {
vErrors.push(err59);
}
errors++;
}
}
else {
const err60 = {instancePath:instancePath+"/timeouts/soft",schemaPath:"#/definitions/timeouts/properties/soft/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err60];
}
else {
vErrors.push(err60);
}
errors++;
}
}
if(data27.hard !== undefined){
let data29 = data27.hard;
if(typeof data29 === "string"){
if(!pattern16.test(data29)){
const err61 = {instancePath:instancePath+"/timeouts/hard",schemaPath:"#/definitions/timeouts/properties/hard/pattern",keyword:"pattern",params:{pattern: "^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*)$"},message:"must match pattern \""+"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*)$"+"\""};
if(vErrors === null){
vErrors = [err61];
}
else {
vErrors.push(err61);
}
errors++;
}
}
else {
const err62 = {instancePath:instancePath+"/timeouts/hard",schemaPath:"#/definitions/timeouts/properties/hard/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err62];
}
else {
vErrors.push(err62);
}
errors++;
}
}
}
else {
const err63 = {instancePath:instancePath+"/timeouts",schemaPath:"#/definitions/timeouts/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err63];
}
else {
vErrors.push(err63);
}
errors++;
}
}
if(data.backend !== undefined){
if(typeof data.backend !== "string"){
const err64 = {instancePath:instancePath+"/backend",schemaPath:"#/definitions/backendName/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err64];
}
else {
vErrors.push(err64);
}
errors++;
}
}
if(data.layers !== undefined){
if(!(validate11(data.layers, {instancePath:instancePath+"/layers",parentData:data,parentDataProperty:"layers",rootData}))){
vErrors = vErrors === null ? validate11.errors : vErrors.concat(validate11.errors);
errors = vErrors.length;
}
}
if(data.invalidation !== undefined){
let data32 = data.invalidation;
if(!(((data32 === "tracking") || (data32 === "bus")) || (data32 === "none"))){
const err65 = {instancePath:instancePath+"/invalidation",schemaPath:"#/definitions/invalidationKind/enum",keyword:"enum",params:{allowedValues: schema17.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err65];
}
else {
vErrors.push(err65);
}
errors++;
}
}
if(data.serializer !== undefined){
let data33 = data.serializer;
if(((typeof data33 !== "string") && (!(Array.isArray(data33)))) && (data33 !== null)){
const err66 = {instancePath:instancePath+"/serializer",schemaPath:"#/definitions/serializer/type",keyword:"type",params:{type: schema18.type},message:"must be string,array,null"};
if(vErrors === null){
vErrors = [err66];
}
else {
vErrors.push(err66);
}
errors++;
}
if(Array.isArray(data33)){
if(data33.length < 1){
const err67 = {instancePath:instancePath+"/serializer",schemaPath:"#/definitions/serializer/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err67];
}
else {
vErrors.push(err67);
}
errors++;
}
const len1 = data33.length;
for(let i1=0; i1<len1; i1++){
let data34 = data33[i1];
if((typeof data34 !== "string") && (data34 !== null)){
const err68 = {instancePath:instancePath+"/serializer/" + i1,schemaPath:"#/definitions/serializer/items/type",keyword:"type",params:{type: schema18.items.type},message:"must be string,null"};
if(vErrors === null){
vErrors = [err68];
}
else {
vErrors.push(err68);
}
errors++;
}
}
}
}
if(data.offload !== undefined){
let data35 = data.offload;
if(typeof data35 === "string"){
if(!pattern24.test(data35)){
const err69 = {instancePath:instancePath+"/offload",schemaPath:"#/definitions/offload/pattern",keyword:"pattern",params:{pattern: "^(?:always|0*[1-9]\\d*(?:[kKmMgG]?[bB]))$"},message:"must match pattern \""+"^(?:always|0*[1-9]\\d*(?:[kKmMgG]?[bB]))$"+"\""};
if(vErrors === null){
vErrors = [err69];
}
else {
vErrors.push(err69);
}
errors++;
}
}
else {
const err70 = {instancePath:instancePath+"/offload",schemaPath:"#/definitions/offload/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err70];
}
else {
vErrors.push(err70);
}
errors++;
}
}
if(data.validate !== undefined){
if(typeof data.validate !== "boolean"){
const err71 = {instancePath:instancePath+"/validate",schemaPath:"#/definitions/validate/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err71];
}
else {
vErrors.push(err71);
}
errors++;
}
}
if(data.isolation !== undefined){
let data37 = data.isolation;
if(!(((data37 === "clone") || (data37 === "freeze")) || (data37 === "share"))){
const err72 = {instancePath:instancePath+"/isolation",schemaPath:"#/definitions/isolation/enum",keyword:"enum",params:{allowedValues: schema31.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err72];
}
else {
vErrors.push(err72);
}
errors++;
}
}
if(data["event-keys"] !== undefined){
if(typeof data["event-keys"] !== "boolean"){
const err73 = {instancePath:instancePath+"/event-keys",schemaPath:"#/definitions/eventKeys/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err73];
}
else {
vErrors.push(err73);
}
errors++;
}
}
if(data["key-secret"] !== undefined){
if(typeof data["key-secret"] !== "string"){
const err74 = {instancePath:instancePath+"/key-secret",schemaPath:"#/definitions/keySecret/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err74];
}
else {
vErrors.push(err74);
}
errors++;
}
}
if(data.reads !== undefined){
let data40 = data.reads;
if(!((data40 === "master") || (data40 === "replica"))){
const err75 = {instancePath:instancePath+"/reads",schemaPath:"#/definitions/reads/enum",keyword:"enum",params:{allowedValues: schema33.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err75];
}
else {
vErrors.push(err75);
}
errors++;
}
}
if(data.recovery !== undefined){
let data41 = data.recovery;
if((typeof data41 !== "boolean") && (!(data41 && typeof data41 == "object" && !Array.isArray(data41)))){
const err76 = {instancePath:instancePath+"/recovery",schemaPath:"#/definitions/recovery/type",keyword:"type",params:{type: schema34.type},message:"must be boolean,object"};
if(vErrors === null){
vErrors = [err76];
}
else {
vErrors.push(err76);
}
errors++;
}
if(data41 && typeof data41 == "object" && !Array.isArray(data41)){
for(const key7 in data41){
if(!(key7 === "max-keys")){
const err77 = {instancePath:instancePath+"/recovery",schemaPath:"#/definitions/recovery/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key7},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err77];
}
else {
vErrors.push(err77);
}
errors++;
}
}
if(data41["max-keys"] !== undefined){
let data42 = data41["max-keys"];
if(!(((typeof data42 == "number") && (!(data42 % 1) && !isNaN(data42))) && (isFinite(data42)))){
const err78 = {instancePath:instancePath+"/recovery/max-keys",schemaPath:"#/definitions/recovery/properties/max-keys/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err78];
}
else {
vErrors.push(err78);
}
errors++;
}
if((typeof data42 == "number") && (isFinite(data42))){
if(data42 > 1000000 || isNaN(data42)){
const err79 = {instancePath:instancePath+"/recovery/max-keys",schemaPath:"#/definitions/recovery/properties/max-keys/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000"};
if(vErrors === null){
vErrors = [err79];
}
else {
vErrors.push(err79);
}
errors++;
}
if(data42 < 1 || isNaN(data42)){
const err80 = {instancePath:instancePath+"/recovery/max-keys",schemaPath:"#/definitions/recovery/properties/max-keys/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
if(vErrors === null){
vErrors = [err80];
}
else {
vErrors.push(err80);
}
errors++;
}
}
}
}
}
if(data.gutter !== undefined){
let data43 = data.gutter;
if((typeof data43 !== "boolean") && (!(data43 && typeof data43 == "object" && !Array.isArray(data43)))){
const err81 = {instancePath:instancePath+"/gutter",schemaPath:"#/definitions/gutter/type",keyword:"type",params:{type: schema35.type},message:"must be boolean,object"};
if(vErrors === null){
vErrors = [err81];
}
else {
vErrors.push(err81);
}
errors++;
}
if(data43 && typeof data43 == "object" && !Array.isArray(data43)){
for(const key8 in data43){
if(!((key8 === "ttl") || (key8 === "max-entries"))){
const err82 = {instancePath:instancePath+"/gutter",schemaPath:"#/definitions/gutter/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key8},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err82];
}
else {
vErrors.push(err82);
}
errors++;
}
}
if(data43.ttl !== undefined){
let data44 = data43.ttl;
if(typeof data44 === "string"){
if(!pattern16.test(data44)){
const err83 = {instancePath:instancePath+"/gutter/ttl",schemaPath:"#/definitions/gutter/properties/ttl/pattern",keyword:"pattern",params:{pattern: "^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*)$"},message:"must match pattern \""+"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*)$"+"\""};
if(vErrors === null){
vErrors = [err83];
}
else {
vErrors.push(err83);
}
errors++;
}
}
else {
const err84 = {instancePath:instancePath+"/gutter/ttl",schemaPath:"#/definitions/gutter/properties/ttl/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err84];
}
else {
vErrors.push(err84);
}
errors++;
}
}
if(data43["max-entries"] !== undefined){
let data45 = data43["max-entries"];
if(!(((typeof data45 == "number") && (!(data45 % 1) && !isNaN(data45))) && (isFinite(data45)))){
const err85 = {instancePath:instancePath+"/gutter/max-entries",schemaPath:"#/definitions/gutter/properties/max-entries/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err85];
}
else {
vErrors.push(err85);
}
errors++;
}
if((typeof data45 == "number") && (isFinite(data45))){
if(data45 > 1000000 || isNaN(data45)){
const err86 = {instancePath:instancePath+"/gutter/max-entries",schemaPath:"#/definitions/gutter/properties/max-entries/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000"};
if(vErrors === null){
vErrors = [err86];
}
else {
vErrors.push(err86);
}
errors++;
}
if(data45 < 1 || isNaN(data45)){
const err87 = {instancePath:instancePath+"/gutter/max-entries",schemaPath:"#/definitions/gutter/properties/max-entries/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
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
}
if(data["max-loads"] !== undefined){
let data46 = data["max-loads"];
if(!(((typeof data46 == "number") && (!(data46 % 1) && !isNaN(data46))) && (isFinite(data46)))){
const err88 = {instancePath:instancePath+"/max-loads",schemaPath:"#/definitions/maxLoads/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err88];
}
else {
vErrors.push(err88);
}
errors++;
}
if((typeof data46 == "number") && (isFinite(data46))){
if(data46 > 1000000 || isNaN(data46)){
const err89 = {instancePath:instancePath+"/max-loads",schemaPath:"#/definitions/maxLoads/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000"};
if(vErrors === null){
vErrors = [err89];
}
else {
vErrors.push(err89);
}
errors++;
}
if(data46 < 1 || isNaN(data46)){
const err90 = {instancePath:instancePath+"/max-loads",schemaPath:"#/definitions/maxLoads/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
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
if(data["on-backend-error"] !== undefined){
let data47 = data["on-backend-error"];
if(!((data47 === "miss") || (data47 === "throw"))){
const err91 = {instancePath:instancePath+"/on-backend-error",schemaPath:"#/definitions/onBackendError/enum",keyword:"enum",params:{allowedValues: schema37.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err91];
}
else {
vErrors.push(err91);
}
errors++;
}
}
if(data.tags !== undefined){
let data48 = data.tags;
if(Array.isArray(data48)){
if(data48.length < 1){
const err92 = {instancePath:instancePath+"/tags",schemaPath:"#/properties/tags/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err92];
}
else {
vErrors.push(err92);
}
errors++;
}
const len2 = data48.length;
for(let i2=0; i2<len2; i2++){
if(typeof data48[i2] !== "string"){
const err93 = {instancePath:instancePath+"/tags/" + i2,schemaPath:"#/properties/tags/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err93];
}
else {
vErrors.push(err93);
}
errors++;
}
}
}
else {
const err94 = {instancePath:instancePath+"/tags",schemaPath:"#/properties/tags/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err94];
}
else {
vErrors.push(err94);
}
errors++;
}
}
if(data.revision !== undefined){
let data50 = data.revision;
if(!(((typeof data50 == "number") && (!(data50 % 1) && !isNaN(data50))) && (isFinite(data50)))){
const err95 = {instancePath:instancePath+"/revision",schemaPath:"#/definitions/revision/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err95];
}
else {
vErrors.push(err95);
}
errors++;
}
if((typeof data50 == "number") && (isFinite(data50))){
if(data50 > 9007199254740991 || isNaN(data50)){
const err96 = {instancePath:instancePath+"/revision",schemaPath:"#/definitions/revision/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"};
if(vErrors === null){
vErrors = [err96];
}
else {
vErrors.push(err96);
}
errors++;
}
if(data50 < 1 || isNaN(data50)){
const err97 = {instancePath:instancePath+"/revision",schemaPath:"#/definitions/revision/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
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
if(data.mode !== undefined){
let data51 = data.mode;
if(typeof data51 !== "string"){
const err98 = {instancePath:instancePath+"/mode",schemaPath:"#/definitions/mode/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err98];
}
else {
vErrors.push(err98);
}
errors++;
}
if(!((data51 === "async") || (data51 === "sync"))){
const err99 = {instancePath:instancePath+"/mode",schemaPath:"#/definitions/mode/enum",keyword:"enum",params:{allowedValues: schema38.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err99];
}
else {
vErrors.push(err99);
}
errors++;
}
}
if(data.blocking !== undefined){
if(typeof data.blocking !== "boolean"){
const err100 = {instancePath:instancePath+"/blocking",schemaPath:"#/definitions/blocking/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err100];
}
else {
vErrors.push(err100);
}
errors++;
}
}
}
else {
const err101 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err101];
}
else {
vErrors.push(err101);
}
errors++;
}
validate13.errors = vErrors;
return errors === 0;
}

const schema73 = {"type":"object","additionalProperties":false,"required":["function"],"properties":{"function":{"$ref":"#/definitions/functionName"},"batch":{"type":"string"},"max-batch":{"type":"integer","minimum":1,"maximum":9007199254740991},"cache":{"type":"string"},"parameters":{"type":"object","minProperties":1,"additionalProperties":{"type":"string"}},"ignore":{"type":"array","minItems":1,"items":{"type":"string"}},"ttl":{"$ref":"#/definitions/ttl"},"max-ttl":{"$ref":"#/definitions/maxTtl"},"jitter":{"$ref":"#/definitions/jitter"},"negative":{"$ref":"#/definitions/negative"},"max-value-size":{"$ref":"#/definitions/maxValueSize"},"single-flight":{"$ref":"#/definitions/singleFlight"},"write-back":{"$ref":"#/definitions/writeBack"},"stale":{"$ref":"#/definitions/stale"},"refresh-ahead":{"$ref":"#/definitions/refreshAhead"},"timeouts":{"$ref":"#/definitions/timeouts"},"backend":{"$ref":"#/definitions/backendName"},"layers":{"$ref":"#/definitions/layers"},"invalidation":{"$ref":"#/definitions/invalidationKind"},"serializer":{"$ref":"#/definitions/serializer"},"offload":{"$ref":"#/definitions/offload"},"validate":{"$ref":"#/definitions/validate"},"isolation":{"$ref":"#/definitions/isolation"},"event-keys":{"$ref":"#/definitions/eventKeys"},"reads":{"$ref":"#/definitions/reads"},"recovery":{"$ref":"#/definitions/recovery"},"gutter":{"$ref":"#/definitions/gutter"},"max-loads":{"$ref":"#/definitions/maxLoads"},"on-backend-error":{"$ref":"#/definitions/onBackendError"},"revision":{"$ref":"#/definitions/revision"},"mode":{"$ref":"#/definitions/mode"},"blocking":{"$ref":"#/definitions/blocking"}}};
const schema74 = {"type":"string"};

function validate16(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
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
if(!(func2.call(schema73.properties, key0))){
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
const err14 = {instancePath:instancePath+"/ttl",schemaPath:"#/definitions/ttl/type",keyword:"type",params:{type: schema19.type},message:"must be string,object"};
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
const err26 = {instancePath:instancePath+"/negative",schemaPath:"#/definitions/negative/type",keyword:"type",params:{type: schema22.type},message:"must be string,object"};
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
if(data["single-flight"] !== undefined){
let data16 = data["single-flight"];
if((typeof data16 !== "string") && (!(data16 && typeof data16 == "object" && !Array.isArray(data16)))){
const err34 = {instancePath:instancePath+"/single-flight",schemaPath:"#/definitions/singleFlight/type",keyword:"type",params:{type: schema24.type},message:"must be string,object"};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
if(typeof data16 === "string"){
if(!pattern14.test(data16)){
const err35 = {instancePath:instancePath+"/single-flight",schemaPath:"#/definitions/singleFlight/pattern",keyword:"pattern",params:{pattern: "^(?:process|cluster)$"},message:"must match pattern \""+"^(?:process|cluster)$"+"\""};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
}
if(data16 && typeof data16 == "object" && !Array.isArray(data16)){
if(Object.keys(data16).length < 1){
const err36 = {instancePath:instancePath+"/single-flight",schemaPath:"#/definitions/singleFlight/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
for(const key4 in data16){
if(!(((key4 === "scope") || (key4 === "lease")) || (key4 === "deadline"))){
const err37 = {instancePath:instancePath+"/single-flight",schemaPath:"#/definitions/singleFlight/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key4},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
if(data16.scope !== undefined){
let data17 = data16.scope;
if(typeof data17 === "string"){
if(!pattern14.test(data17)){
const err38 = {instancePath:instancePath+"/single-flight/scope",schemaPath:"#/definitions/singleFlight/properties/scope/pattern",keyword:"pattern",params:{pattern: "^(?:process|cluster)$"},message:"must match pattern \""+"^(?:process|cluster)$"+"\""};
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
const err39 = {instancePath:instancePath+"/single-flight/scope",schemaPath:"#/definitions/singleFlight/properties/scope/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
}
if(data16.lease !== undefined){
let data18 = data16.lease;
if(typeof data18 === "string"){
if(!pattern16.test(data18)){
const err40 = {instancePath:instancePath+"/single-flight/lease",schemaPath:"#/definitions/singleFlight/properties/lease/pattern",keyword:"pattern",params:{pattern: "^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*)$"},message:"must match pattern \""+"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*)$"+"\""};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
}
else {
const err41 = {instancePath:instancePath+"/single-flight/lease",schemaPath:"#/definitions/singleFlight/properties/lease/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
}
if(data16.deadline !== undefined){
let data19 = data16.deadline;
if(typeof data19 === "string"){
if(!pattern16.test(data19)){
const err42 = {instancePath:instancePath+"/single-flight/deadline",schemaPath:"#/definitions/singleFlight/properties/deadline/pattern",keyword:"pattern",params:{pattern: "^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*)$"},message:"must match pattern \""+"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*)$"+"\""};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
}
else {
const err43 = {instancePath:instancePath+"/single-flight/deadline",schemaPath:"#/definitions/singleFlight/properties/deadline/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
}
}
}
if(data["write-back"] !== undefined){
let data20 = data["write-back"];
if(!((data20 === "if-absent") || (data20 === "guarded"))){
const err44 = {instancePath:instancePath+"/write-back",schemaPath:"#/definitions/writeBack/enum",keyword:"enum",params:{allowedValues: schema25.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
}
if(data.stale !== undefined){
let data21 = data.stale;
if(data21 && typeof data21 == "object" && !Array.isArray(data21)){
for(const key5 in data21){
if(!(((key5 === "while-revalidate") || (key5 === "on-error")) || (key5 === "throttle"))){
const err45 = {instancePath:instancePath+"/stale",schemaPath:"#/definitions/stale/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key5},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
}
if(data21["while-revalidate"] !== undefined){
let data22 = data21["while-revalidate"];
if(typeof data22 === "string"){
if(!pattern16.test(data22)){
const err46 = {instancePath:instancePath+"/stale/while-revalidate",schemaPath:"#/definitions/stale/properties/while-revalidate/pattern",keyword:"pattern",params:{pattern: "^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*)$"},message:"must match pattern \""+"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*)$"+"\""};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
}
else {
const err47 = {instancePath:instancePath+"/stale/while-revalidate",schemaPath:"#/definitions/stale/properties/while-revalidate/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
}
if(data21["on-error"] !== undefined){
let data23 = data21["on-error"];
if(typeof data23 === "string"){
if(!pattern16.test(data23)){
const err48 = {instancePath:instancePath+"/stale/on-error",schemaPath:"#/definitions/stale/properties/on-error/pattern",keyword:"pattern",params:{pattern: "^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*)$"},message:"must match pattern \""+"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*)$"+"\""};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
}
else {
const err49 = {instancePath:instancePath+"/stale/on-error",schemaPath:"#/definitions/stale/properties/on-error/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
}
if(data21.throttle !== undefined){
let data24 = data21.throttle;
if(typeof data24 === "string"){
if(!pattern16.test(data24)){
const err50 = {instancePath:instancePath+"/stale/throttle",schemaPath:"#/definitions/stale/properties/throttle/pattern",keyword:"pattern",params:{pattern: "^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*)$"},message:"must match pattern \""+"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*)$"+"\""};
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
const err51 = {instancePath:instancePath+"/stale/throttle",schemaPath:"#/definitions/stale/properties/throttle/type",keyword:"type",params:{type: "string"},message:"must be string"};
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
const err52 = {instancePath:instancePath+"/stale",schemaPath:"#/definitions/stale/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err52];
}
else {
vErrors.push(err52);
}
errors++;
}
}
if(data["refresh-ahead"] !== undefined){
let data25 = data["refresh-ahead"];
if(typeof data25 === "string"){
if(!pattern21.test(data25)){
const err53 = {instancePath:instancePath+"/refresh-ahead",schemaPath:"#/definitions/refreshAhead/pattern",keyword:"pattern",params:{pattern: "^(?:xfetch|(?!0+(?:\\.0+)?%)\\d{1,2}(?:\\.\\d+)?%)$"},message:"must match pattern \""+"^(?:xfetch|(?!0+(?:\\.0+)?%)\\d{1,2}(?:\\.\\d+)?%)$"+"\""};
if(vErrors === null){
vErrors = [err53];
}
else {
vErrors.push(err53);
}
errors++;
}
}
else {
const err54 = {instancePath:instancePath+"/refresh-ahead",schemaPath:"#/definitions/refreshAhead/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err54];
}
else {
vErrors.push(err54);
}
errors++;
}
}
if(data.timeouts !== undefined){
let data26 = data.timeouts;
if(data26 && typeof data26 == "object" && !Array.isArray(data26)){
for(const key6 in data26){
if(!((key6 === "soft") || (key6 === "hard"))){
const err55 = {instancePath:instancePath+"/timeouts",schemaPath:"#/definitions/timeouts/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key6},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err55];
}
else {
vErrors.push(err55);
}
errors++;
}
}
if(data26.soft !== undefined){
let data27 = data26.soft;
if(typeof data27 === "string"){
if(!pattern16.test(data27)){
const err56 = {instancePath:instancePath+"/timeouts/soft",schemaPath:"#/definitions/timeouts/properties/soft/pattern",keyword:"pattern",params:{pattern: "^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*)$"},message:"must match pattern \""+"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*)$"+"\""};
if(vErrors === null){
vErrors = [err56];
}
else {
vErrors.push(err56);
}
errors++;
}
}
else {
const err57 = {instancePath:instancePath+"/timeouts/soft",schemaPath:"#/definitions/timeouts/properties/soft/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err57];
}
else {
vErrors.push(err57);
}
errors++;
}
}
if(data26.hard !== undefined){
let data28 = data26.hard;
if(typeof data28 === "string"){
if(!pattern16.test(data28)){
const err58 = {instancePath:instancePath+"/timeouts/hard",schemaPath:"#/definitions/timeouts/properties/hard/pattern",keyword:"pattern",params:{pattern: "^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*)$"},message:"must match pattern \""+"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*)$"+"\""};
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
const err59 = {instancePath:instancePath+"/timeouts/hard",schemaPath:"#/definitions/timeouts/properties/hard/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err59];
}
else {
vErrors.push(err59);
}
errors++;
}
}
}
else {
const err60 = {instancePath:instancePath+"/timeouts",schemaPath:"#/definitions/timeouts/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err60];
}
else {
vErrors.push(err60);
}
errors++;
}
}
if(data.backend !== undefined){
if(typeof data.backend !== "string"){
const err61 = {instancePath:instancePath+"/backend",schemaPath:"#/definitions/backendName/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err61];
}
else {
vErrors.push(err61);
}
errors++;
}
}
if(data.layers !== undefined){
if(!(validate11(data.layers, {instancePath:instancePath+"/layers",parentData:data,parentDataProperty:"layers",rootData}))){
vErrors = vErrors === null ? validate11.errors : vErrors.concat(validate11.errors);
errors = vErrors.length;
}
}
if(data.invalidation !== undefined){
let data31 = data.invalidation;
if(!(((data31 === "tracking") || (data31 === "bus")) || (data31 === "none"))){
const err62 = {instancePath:instancePath+"/invalidation",schemaPath:"#/definitions/invalidationKind/enum",keyword:"enum",params:{allowedValues: schema17.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err62];
}
else {
vErrors.push(err62);
}
errors++;
}
}
if(data.serializer !== undefined){
let data32 = data.serializer;
if(((typeof data32 !== "string") && (!(Array.isArray(data32)))) && (data32 !== null)){
const err63 = {instancePath:instancePath+"/serializer",schemaPath:"#/definitions/serializer/type",keyword:"type",params:{type: schema18.type},message:"must be string,array,null"};
if(vErrors === null){
vErrors = [err63];
}
else {
vErrors.push(err63);
}
errors++;
}
if(Array.isArray(data32)){
if(data32.length < 1){
const err64 = {instancePath:instancePath+"/serializer",schemaPath:"#/definitions/serializer/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err64];
}
else {
vErrors.push(err64);
}
errors++;
}
const len1 = data32.length;
for(let i1=0; i1<len1; i1++){
let data33 = data32[i1];
if((typeof data33 !== "string") && (data33 !== null)){
const err65 = {instancePath:instancePath+"/serializer/" + i1,schemaPath:"#/definitions/serializer/items/type",keyword:"type",params:{type: schema18.items.type},message:"must be string,null"};
if(vErrors === null){
vErrors = [err65];
}
else {
vErrors.push(err65);
}
errors++;
}
}
}
}
if(data.offload !== undefined){
let data34 = data.offload;
if(typeof data34 === "string"){
if(!pattern24.test(data34)){
const err66 = {instancePath:instancePath+"/offload",schemaPath:"#/definitions/offload/pattern",keyword:"pattern",params:{pattern: "^(?:always|0*[1-9]\\d*(?:[kKmMgG]?[bB]))$"},message:"must match pattern \""+"^(?:always|0*[1-9]\\d*(?:[kKmMgG]?[bB]))$"+"\""};
if(vErrors === null){
vErrors = [err66];
}
else {
vErrors.push(err66);
}
errors++;
}
}
else {
const err67 = {instancePath:instancePath+"/offload",schemaPath:"#/definitions/offload/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err67];
}
else {
vErrors.push(err67);
}
errors++;
}
}
if(data.validate !== undefined){
if(typeof data.validate !== "boolean"){
const err68 = {instancePath:instancePath+"/validate",schemaPath:"#/definitions/validate/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err68];
}
else {
vErrors.push(err68);
}
errors++;
}
}
if(data.isolation !== undefined){
let data36 = data.isolation;
if(!(((data36 === "clone") || (data36 === "freeze")) || (data36 === "share"))){
const err69 = {instancePath:instancePath+"/isolation",schemaPath:"#/definitions/isolation/enum",keyword:"enum",params:{allowedValues: schema31.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err69];
}
else {
vErrors.push(err69);
}
errors++;
}
}
if(data["event-keys"] !== undefined){
if(typeof data["event-keys"] !== "boolean"){
const err70 = {instancePath:instancePath+"/event-keys",schemaPath:"#/definitions/eventKeys/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err70];
}
else {
vErrors.push(err70);
}
errors++;
}
}
if(data.reads !== undefined){
let data38 = data.reads;
if(!((data38 === "master") || (data38 === "replica"))){
const err71 = {instancePath:instancePath+"/reads",schemaPath:"#/definitions/reads/enum",keyword:"enum",params:{allowedValues: schema33.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err71];
}
else {
vErrors.push(err71);
}
errors++;
}
}
if(data.recovery !== undefined){
let data39 = data.recovery;
if((typeof data39 !== "boolean") && (!(data39 && typeof data39 == "object" && !Array.isArray(data39)))){
const err72 = {instancePath:instancePath+"/recovery",schemaPath:"#/definitions/recovery/type",keyword:"type",params:{type: schema34.type},message:"must be boolean,object"};
if(vErrors === null){
vErrors = [err72];
}
else {
vErrors.push(err72);
}
errors++;
}
if(data39 && typeof data39 == "object" && !Array.isArray(data39)){
for(const key7 in data39){
if(!(key7 === "max-keys")){
const err73 = {instancePath:instancePath+"/recovery",schemaPath:"#/definitions/recovery/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key7},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err73];
}
else {
vErrors.push(err73);
}
errors++;
}
}
if(data39["max-keys"] !== undefined){
let data40 = data39["max-keys"];
if(!(((typeof data40 == "number") && (!(data40 % 1) && !isNaN(data40))) && (isFinite(data40)))){
const err74 = {instancePath:instancePath+"/recovery/max-keys",schemaPath:"#/definitions/recovery/properties/max-keys/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err74];
}
else {
vErrors.push(err74);
}
errors++;
}
if((typeof data40 == "number") && (isFinite(data40))){
if(data40 > 1000000 || isNaN(data40)){
const err75 = {instancePath:instancePath+"/recovery/max-keys",schemaPath:"#/definitions/recovery/properties/max-keys/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000"};
if(vErrors === null){
vErrors = [err75];
}
else {
vErrors.push(err75);
}
errors++;
}
if(data40 < 1 || isNaN(data40)){
const err76 = {instancePath:instancePath+"/recovery/max-keys",schemaPath:"#/definitions/recovery/properties/max-keys/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
if(vErrors === null){
vErrors = [err76];
}
else {
vErrors.push(err76);
}
errors++;
}
}
}
}
}
if(data.gutter !== undefined){
let data41 = data.gutter;
if((typeof data41 !== "boolean") && (!(data41 && typeof data41 == "object" && !Array.isArray(data41)))){
const err77 = {instancePath:instancePath+"/gutter",schemaPath:"#/definitions/gutter/type",keyword:"type",params:{type: schema35.type},message:"must be boolean,object"};
if(vErrors === null){
vErrors = [err77];
}
else {
vErrors.push(err77);
}
errors++;
}
if(data41 && typeof data41 == "object" && !Array.isArray(data41)){
for(const key8 in data41){
if(!((key8 === "ttl") || (key8 === "max-entries"))){
const err78 = {instancePath:instancePath+"/gutter",schemaPath:"#/definitions/gutter/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key8},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err78];
}
else {
vErrors.push(err78);
}
errors++;
}
}
if(data41.ttl !== undefined){
let data42 = data41.ttl;
if(typeof data42 === "string"){
if(!pattern16.test(data42)){
const err79 = {instancePath:instancePath+"/gutter/ttl",schemaPath:"#/definitions/gutter/properties/ttl/pattern",keyword:"pattern",params:{pattern: "^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*)$"},message:"must match pattern \""+"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*)$"+"\""};
if(vErrors === null){
vErrors = [err79];
}
else {
vErrors.push(err79);
}
errors++;
}
}
else {
const err80 = {instancePath:instancePath+"/gutter/ttl",schemaPath:"#/definitions/gutter/properties/ttl/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err80];
}
else {
vErrors.push(err80);
}
errors++;
}
}
if(data41["max-entries"] !== undefined){
let data43 = data41["max-entries"];
if(!(((typeof data43 == "number") && (!(data43 % 1) && !isNaN(data43))) && (isFinite(data43)))){
const err81 = {instancePath:instancePath+"/gutter/max-entries",schemaPath:"#/definitions/gutter/properties/max-entries/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err81];
}
else {
vErrors.push(err81);
}
errors++;
}
if((typeof data43 == "number") && (isFinite(data43))){
if(data43 > 1000000 || isNaN(data43)){
const err82 = {instancePath:instancePath+"/gutter/max-entries",schemaPath:"#/definitions/gutter/properties/max-entries/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000"};
if(vErrors === null){
vErrors = [err82];
}
else {
vErrors.push(err82);
}
errors++;
}
if(data43 < 1 || isNaN(data43)){
const err83 = {instancePath:instancePath+"/gutter/max-entries",schemaPath:"#/definitions/gutter/properties/max-entries/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
if(vErrors === null){
vErrors = [err83];
}
else {
vErrors.push(err83);
}
errors++;
}
}
}
}
}
if(data["max-loads"] !== undefined){
let data44 = data["max-loads"];
if(!(((typeof data44 == "number") && (!(data44 % 1) && !isNaN(data44))) && (isFinite(data44)))){
const err84 = {instancePath:instancePath+"/max-loads",schemaPath:"#/definitions/maxLoads/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err84];
}
else {
vErrors.push(err84);
}
errors++;
}
if((typeof data44 == "number") && (isFinite(data44))){
if(data44 > 1000000 || isNaN(data44)){
const err85 = {instancePath:instancePath+"/max-loads",schemaPath:"#/definitions/maxLoads/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000"};
if(vErrors === null){
vErrors = [err85];
}
else {
vErrors.push(err85);
}
errors++;
}
if(data44 < 1 || isNaN(data44)){
const err86 = {instancePath:instancePath+"/max-loads",schemaPath:"#/definitions/maxLoads/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
if(vErrors === null){
vErrors = [err86];
}
else {
vErrors.push(err86);
}
errors++;
}
}
}
if(data["on-backend-error"] !== undefined){
let data45 = data["on-backend-error"];
if(!((data45 === "miss") || (data45 === "throw"))){
const err87 = {instancePath:instancePath+"/on-backend-error",schemaPath:"#/definitions/onBackendError/enum",keyword:"enum",params:{allowedValues: schema37.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err87];
}
else {
vErrors.push(err87);
}
errors++;
}
}
if(data.revision !== undefined){
let data46 = data.revision;
if(!(((typeof data46 == "number") && (!(data46 % 1) && !isNaN(data46))) && (isFinite(data46)))){
const err88 = {instancePath:instancePath+"/revision",schemaPath:"#/definitions/revision/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err88];
}
else {
vErrors.push(err88);
}
errors++;
}
if((typeof data46 == "number") && (isFinite(data46))){
if(data46 > 9007199254740991 || isNaN(data46)){
const err89 = {instancePath:instancePath+"/revision",schemaPath:"#/definitions/revision/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"};
if(vErrors === null){
vErrors = [err89];
}
else {
vErrors.push(err89);
}
errors++;
}
if(data46 < 1 || isNaN(data46)){
const err90 = {instancePath:instancePath+"/revision",schemaPath:"#/definitions/revision/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
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
if(data.mode !== undefined){
let data47 = data.mode;
if(typeof data47 !== "string"){
const err91 = {instancePath:instancePath+"/mode",schemaPath:"#/definitions/mode/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err91];
}
else {
vErrors.push(err91);
}
errors++;
}
if(!((data47 === "async") || (data47 === "sync"))){
const err92 = {instancePath:instancePath+"/mode",schemaPath:"#/definitions/mode/enum",keyword:"enum",params:{allowedValues: schema38.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err92];
}
else {
vErrors.push(err92);
}
errors++;
}
}
if(data.blocking !== undefined){
if(typeof data.blocking !== "boolean"){
const err93 = {instancePath:instancePath+"/blocking",schemaPath:"#/definitions/blocking/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err93];
}
else {
vErrors.push(err93);
}
errors++;
}
}
}
else {
const err94 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err94];
}
else {
vErrors.push(err94);
}
errors++;
}
validate16.errors = vErrors;
return errors === 0;
}

const schema101 = {"type":"object","additionalProperties":false,"required":["function","invalidates"],"properties":{"function":{"$ref":"#/definitions/functionName"},"invalidates":{"type":"array","minItems":1,"items":{"$ref":"#/definitions/invalidation"}},"before":{"type":"boolean"},"on-invalidation-error":{"$ref":"#/definitions/onInvalidationError"}}};
const schema103 = {"type":["string","object"],"additionalProperties":false,"required":["target"],"properties":{"target":{"type":"string"},"before":{"type":"boolean"}}};

function validate19(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
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
const err5 = {instancePath:instancePath+"/invalidates/" + i0,schemaPath:"#/definitions/invalidation/type",keyword:"type",params:{type: schema103.type},message:"must be string,object"};
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
const err13 = {instancePath:instancePath+"/on-invalidation-error",schemaPath:"#/definitions/onInvalidationError/enum",keyword:"enum",params:{allowedValues: schema41.enum},message:"must be equal to one of the allowed values"};
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
validate19.errors = vErrors;
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
if(data4["unused-invalidation"] !== undefined){
let data23 = data4["unused-invalidation"];
if(typeof data23 !== "string"){
const err45 = {instancePath:instancePath+"/rules/unused-invalidation",schemaPath:"#/properties/rules/properties/unused-invalidation/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
if(!(((data23 === "off") || (data23 === "warning")) || (data23 === "error"))){
const err46 = {instancePath:instancePath+"/rules/unused-invalidation",schemaPath:"#/properties/rules/properties/unused-invalidation/enum",keyword:"enum",params:{allowedValues: schema11.properties.rules.properties["unused-invalidation"].enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
}
if(data4["useless-hmac"] !== undefined){
let data24 = data4["useless-hmac"];
if(typeof data24 !== "string"){
const err47 = {instancePath:instancePath+"/rules/useless-hmac",schemaPath:"#/properties/rules/properties/useless-hmac/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
if(!(((data24 === "off") || (data24 === "warning")) || (data24 === "error"))){
const err48 = {instancePath:instancePath+"/rules/useless-hmac",schemaPath:"#/properties/rules/properties/useless-hmac/enum",keyword:"enum",params:{allowedValues: schema11.properties.rules.properties["useless-hmac"].enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
}
if(data4["unused-allow-any"] !== undefined){
let data25 = data4["unused-allow-any"];
if(typeof data25 !== "string"){
const err49 = {instancePath:instancePath+"/rules/unused-allow-any",schemaPath:"#/properties/rules/properties/unused-allow-any/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
if(!(((data25 === "off") || (data25 === "warning")) || (data25 === "error"))){
const err50 = {instancePath:instancePath+"/rules/unused-allow-any",schemaPath:"#/properties/rules/properties/unused-allow-any/enum",keyword:"enum",params:{allowedValues: schema11.properties.rules.properties["unused-allow-any"].enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
}
}
if(data4["missing-package"] !== undefined){
let data26 = data4["missing-package"];
if(typeof data26 !== "string"){
const err51 = {instancePath:instancePath+"/rules/missing-package",schemaPath:"#/properties/rules/properties/missing-package/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
if(!(((data26 === "off") || (data26 === "warning")) || (data26 === "error"))){
const err52 = {instancePath:instancePath+"/rules/missing-package",schemaPath:"#/properties/rules/properties/missing-package/enum",keyword:"enum",params:{allowedValues: schema11.properties.rules.properties["missing-package"].enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err52];
}
else {
vErrors.push(err52);
}
errors++;
}
}
if(data4["missing-runtime"] !== undefined){
let data27 = data4["missing-runtime"];
if(typeof data27 !== "string"){
const err53 = {instancePath:instancePath+"/rules/missing-runtime",schemaPath:"#/properties/rules/properties/missing-runtime/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err53];
}
else {
vErrors.push(err53);
}
errors++;
}
if(!(((data27 === "off") || (data27 === "warning")) || (data27 === "error"))){
const err54 = {instancePath:instancePath+"/rules/missing-runtime",schemaPath:"#/properties/rules/properties/missing-runtime/enum",keyword:"enum",params:{allowedValues: schema11.properties.rules.properties["missing-runtime"].enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err54];
}
else {
vErrors.push(err54);
}
errors++;
}
}
for(const key2 in data4){
if(pattern2.test(key2)){
let data28 = data4[key2];
if(typeof data28 !== "string"){
const err55 = {instancePath:instancePath+"/rules/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/rules/patternProperties/%5EC%5Cd%7B4%7D%24/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err55];
}
else {
vErrors.push(err55);
}
errors++;
}
if(!(((data28 === "off") || (data28 === "warning")) || (data28 === "error"))){
const err56 = {instancePath:instancePath+"/rules/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/rules/patternProperties/%5EC%5Cd%7B4%7D%24/enum",keyword:"enum",params:{allowedValues: schema11.properties.rules.patternProperties["^C\\d{4}$"].enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err56];
}
else {
vErrors.push(err56);
}
errors++;
}
}
}
}
else {
const err57 = {instancePath:instancePath+"/rules",schemaPath:"#/properties/rules/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err57];
}
else {
vErrors.push(err57);
}
errors++;
}
}
if(data.environment !== undefined){
let data29 = data.environment;
if(Array.isArray(data29)){
const len1 = data29.length;
for(let i1=0; i1<len1; i1++){
let data30 = data29[i1];
if(typeof data30 === "string"){
if(!pattern4.test(data30)){
const err58 = {instancePath:instancePath+"/environment/" + i1,schemaPath:"#/properties/environment/items/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z_][A-Za-z0-9_]*$"},message:"must match pattern \""+"^[A-Za-z_][A-Za-z0-9_]*$"+"\""};
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
const err59 = {instancePath:instancePath+"/environment/" + i1,schemaPath:"#/properties/environment/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err59];
}
else {
vErrors.push(err59);
}
errors++;
}
}
}
else {
const err60 = {instancePath:instancePath+"/environment",schemaPath:"#/properties/environment/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err60];
}
else {
vErrors.push(err60);
}
errors++;
}
}
if(data.backends !== undefined){
let data31 = data.backends;
if(data31 && typeof data31 == "object" && !Array.isArray(data31)){
if(Object.keys(data31).length < 1){
const err61 = {instancePath:instancePath+"/backends",schemaPath:"#/properties/backends/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
if(vErrors === null){
vErrors = [err61];
}
else {
vErrors.push(err61);
}
errors++;
}
for(const key3 in data31){
const _errs66 = errors;
if(typeof key3 === "string"){
if(!pattern5.test(key3)){
const err62 = {instancePath:instancePath+"/backends",schemaPath:"#/definitions/name/pattern",keyword:"pattern",params:{pattern: "^[a-z][A-Za-z0-9]*$"},message:"must match pattern \""+"^[a-z][A-Za-z0-9]*$"+"\"",propertyName:key3};
if(vErrors === null){
vErrors = [err62];
}
else {
vErrors.push(err62);
}
errors++;
}
}
else {
const err63 = {instancePath:instancePath+"/backends",schemaPath:"#/definitions/name/type",keyword:"type",params:{type: "string"},message:"must be string",propertyName:key3};
if(vErrors === null){
vErrors = [err63];
}
else {
vErrors.push(err63);
}
errors++;
}
var valid7 = _errs66 === errors;
if(!valid7){
const err64 = {instancePath:instancePath+"/backends",schemaPath:"#/properties/backends/propertyNames",keyword:"propertyNames",params:{propertyName: key3},message:"property name must be valid"};
if(vErrors === null){
vErrors = [err64];
}
else {
vErrors.push(err64);
}
errors++;
}
}
for(const key4 in data31){
let data32 = data31[key4];
if((typeof data32 !== "string") && (!(data32 && typeof data32 == "object" && !Array.isArray(data32)))){
const err65 = {instancePath:instancePath+"/backends/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/backend/type",keyword:"type",params:{type: schema13.type},message:"must be string,object"};
if(vErrors === null){
vErrors = [err65];
}
else {
vErrors.push(err65);
}
errors++;
}
if(data32 && typeof data32 == "object" && !Array.isArray(data32)){
if(data32.url === undefined){
const err66 = {instancePath:instancePath+"/backends/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/backend/required",keyword:"required",params:{missingProperty: "url"},message:"must have required property '"+"url"+"'"};
if(vErrors === null){
vErrors = [err66];
}
else {
vErrors.push(err66);
}
errors++;
}
for(const key5 in data32){
if(!(((((((key5 === "url") || (key5 === "development")) || (key5 === "schemes")) || (key5 === "distinct")) || (key5 === "evicts")) || (key5 === "prefix")) || (key5 === "description"))){
const err67 = {instancePath:instancePath+"/backends/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/backend/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key5},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err67];
}
else {
vErrors.push(err67);
}
errors++;
}
}
if(data32.url !== undefined){
if(typeof data32.url !== "string"){
const err68 = {instancePath:instancePath+"/backends/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/url",schemaPath:"#/definitions/backend/properties/url/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err68];
}
else {
vErrors.push(err68);
}
errors++;
}
}
if(data32.development !== undefined){
if(typeof data32.development !== "string"){
const err69 = {instancePath:instancePath+"/backends/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/development",schemaPath:"#/definitions/backend/properties/development/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err69];
}
else {
vErrors.push(err69);
}
errors++;
}
}
if(data32.schemes !== undefined){
let data35 = data32.schemes;
if(Array.isArray(data35)){
if(data35.length < 1){
const err70 = {instancePath:instancePath+"/backends/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/schemes",schemaPath:"#/definitions/backend/properties/schemes/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err70];
}
else {
vErrors.push(err70);
}
errors++;
}
const len2 = data35.length;
for(let i2=0; i2<len2; i2++){
if(typeof data35[i2] !== "string"){
const err71 = {instancePath:instancePath+"/backends/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/schemes/" + i2,schemaPath:"#/definitions/backend/properties/schemes/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err71];
}
else {
vErrors.push(err71);
}
errors++;
}
}
}
else {
const err72 = {instancePath:instancePath+"/backends/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/schemes",schemaPath:"#/definitions/backend/properties/schemes/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err72];
}
else {
vErrors.push(err72);
}
errors++;
}
}
if(data32.distinct !== undefined){
if(typeof data32.distinct !== "boolean"){
const err73 = {instancePath:instancePath+"/backends/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/distinct",schemaPath:"#/definitions/backend/properties/distinct/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err73];
}
else {
vErrors.push(err73);
}
errors++;
}
}
if(data32.evicts !== undefined){
if(typeof data32.evicts !== "boolean"){
const err74 = {instancePath:instancePath+"/backends/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/evicts",schemaPath:"#/definitions/backend/properties/evicts/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err74];
}
else {
vErrors.push(err74);
}
errors++;
}
}
if(data32.prefix !== undefined){
let data39 = data32.prefix;
if(typeof data39 === "string"){
if(!pattern6.test(data39)){
const err75 = {instancePath:instancePath+"/backends/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/prefix",schemaPath:"#/definitions/backend/properties/prefix/pattern",keyword:"pattern",params:{pattern: "^[^\\s~\\u0000-\\u001f\\u007f-\\u009f]*$"},message:"must match pattern \""+"^[^\\s~\\u0000-\\u001f\\u007f-\\u009f]*$"+"\""};
if(vErrors === null){
vErrors = [err75];
}
else {
vErrors.push(err75);
}
errors++;
}
}
else {
const err76 = {instancePath:instancePath+"/backends/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/prefix",schemaPath:"#/definitions/backend/properties/prefix/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err76];
}
else {
vErrors.push(err76);
}
errors++;
}
}
if(data32.description !== undefined){
if(typeof data32.description !== "string"){
const err77 = {instancePath:instancePath+"/backends/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/description",schemaPath:"#/definitions/backend/properties/description/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err77];
}
else {
vErrors.push(err77);
}
errors++;
}
}
}
}
}
else {
const err78 = {instancePath:instancePath+"/backends",schemaPath:"#/properties/backends/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err78];
}
else {
vErrors.push(err78);
}
errors++;
}
}
if(data.defaults !== undefined){
let data41 = data.defaults;
if(data41 && typeof data41 == "object" && !Array.isArray(data41)){
for(const key6 in data41){
if(!(func2.call(schema11.properties.defaults.properties, key6))){
const err79 = {instancePath:instancePath+"/defaults",schemaPath:"#/properties/defaults/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key6},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err79];
}
else {
vErrors.push(err79);
}
errors++;
}
}
if(data41.backend !== undefined){
if(typeof data41.backend !== "string"){
const err80 = {instancePath:instancePath+"/defaults/backend",schemaPath:"#/definitions/backendName/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err80];
}
else {
vErrors.push(err80);
}
errors++;
}
}
if(data41.layers !== undefined){
if(!(validate11(data41.layers, {instancePath:instancePath+"/defaults/layers",parentData:data41,parentDataProperty:"layers",rootData}))){
vErrors = vErrors === null ? validate11.errors : vErrors.concat(validate11.errors);
errors = vErrors.length;
}
}
if(data41.invalidation !== undefined){
let data44 = data41.invalidation;
if(!(((data44 === "tracking") || (data44 === "bus")) || (data44 === "none"))){
const err81 = {instancePath:instancePath+"/defaults/invalidation",schemaPath:"#/definitions/invalidationKind/enum",keyword:"enum",params:{allowedValues: schema17.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err81];
}
else {
vErrors.push(err81);
}
errors++;
}
}
if(data41.serializer !== undefined){
let data45 = data41.serializer;
if(((typeof data45 !== "string") && (!(Array.isArray(data45)))) && (data45 !== null)){
const err82 = {instancePath:instancePath+"/defaults/serializer",schemaPath:"#/definitions/serializer/type",keyword:"type",params:{type: schema18.type},message:"must be string,array,null"};
if(vErrors === null){
vErrors = [err82];
}
else {
vErrors.push(err82);
}
errors++;
}
if(Array.isArray(data45)){
if(data45.length < 1){
const err83 = {instancePath:instancePath+"/defaults/serializer",schemaPath:"#/definitions/serializer/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err83];
}
else {
vErrors.push(err83);
}
errors++;
}
const len3 = data45.length;
for(let i3=0; i3<len3; i3++){
let data46 = data45[i3];
if((typeof data46 !== "string") && (data46 !== null)){
const err84 = {instancePath:instancePath+"/defaults/serializer/" + i3,schemaPath:"#/definitions/serializer/items/type",keyword:"type",params:{type: schema18.items.type},message:"must be string,null"};
if(vErrors === null){
vErrors = [err84];
}
else {
vErrors.push(err84);
}
errors++;
}
}
}
}
if(data41.ttl !== undefined){
let data47 = data41.ttl;
if((typeof data47 !== "string") && (!(data47 && typeof data47 == "object" && !Array.isArray(data47)))){
const err85 = {instancePath:instancePath+"/defaults/ttl",schemaPath:"#/definitions/ttl/type",keyword:"type",params:{type: schema19.type},message:"must be string,object"};
if(vErrors === null){
vErrors = [err85];
}
else {
vErrors.push(err85);
}
errors++;
}
if(typeof data47 === "string"){
if(!pattern7.test(data47)){
const err86 = {instancePath:instancePath+"/defaults/ttl",schemaPath:"#/definitions/ttl/pattern",keyword:"pattern",params:{pattern: "^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*|forever)$"},message:"must match pattern \""+"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*|forever)$"+"\""};
if(vErrors === null){
vErrors = [err86];
}
else {
vErrors.push(err86);
}
errors++;
}
}
if(data47 && typeof data47 == "object" && !Array.isArray(data47)){
if(data47.function === undefined){
const err87 = {instancePath:instancePath+"/defaults/ttl",schemaPath:"#/definitions/ttl/required",keyword:"required",params:{missingProperty: "function"},message:"must have required property '"+"function"+"'"};
if(vErrors === null){
vErrors = [err87];
}
else {
vErrors.push(err87);
}
errors++;
}
if(data47.max === undefined){
const err88 = {instancePath:instancePath+"/defaults/ttl",schemaPath:"#/definitions/ttl/required",keyword:"required",params:{missingProperty: "max"},message:"must have required property '"+"max"+"'"};
if(vErrors === null){
vErrors = [err88];
}
else {
vErrors.push(err88);
}
errors++;
}
for(const key7 in data47){
if(!((key7 === "function") || (key7 === "max"))){
const err89 = {instancePath:instancePath+"/defaults/ttl",schemaPath:"#/definitions/ttl/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key7},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err89];
}
else {
vErrors.push(err89);
}
errors++;
}
}
if(data47.function !== undefined){
if(typeof data47.function !== "string"){
const err90 = {instancePath:instancePath+"/defaults/ttl/function",schemaPath:"#/definitions/ttl/properties/function/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err90];
}
else {
vErrors.push(err90);
}
errors++;
}
}
if(data47.max !== undefined){
let data49 = data47.max;
if(typeof data49 === "string"){
if(!pattern7.test(data49)){
const err91 = {instancePath:instancePath+"/defaults/ttl/max",schemaPath:"#/definitions/ttl/properties/max/pattern",keyword:"pattern",params:{pattern: "^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*|forever)$"},message:"must match pattern \""+"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*|forever)$"+"\""};
if(vErrors === null){
vErrors = [err91];
}
else {
vErrors.push(err91);
}
errors++;
}
}
else {
const err92 = {instancePath:instancePath+"/defaults/ttl/max",schemaPath:"#/definitions/ttl/properties/max/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err92];
}
else {
vErrors.push(err92);
}
errors++;
}
}
}
}
if(data41["max-ttl"] !== undefined){
let data50 = data41["max-ttl"];
if(typeof data50 === "string"){
if(!pattern7.test(data50)){
const err93 = {instancePath:instancePath+"/defaults/max-ttl",schemaPath:"#/definitions/maxTtl/pattern",keyword:"pattern",params:{pattern: "^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*|forever)$"},message:"must match pattern \""+"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*|forever)$"+"\""};
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
const err94 = {instancePath:instancePath+"/defaults/max-ttl",schemaPath:"#/definitions/maxTtl/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err94];
}
else {
vErrors.push(err94);
}
errors++;
}
}
if(data41.jitter !== undefined){
let data51 = data41.jitter;
if(typeof data51 === "string"){
if(!pattern10.test(data51)){
const err95 = {instancePath:instancePath+"/defaults/jitter",schemaPath:"#/definitions/jitter/pattern",keyword:"pattern",params:{pattern: "^(?!0+(?:\\.0+)?%)\\d{1,2}(?:\\.\\d+)?%$"},message:"must match pattern \""+"^(?!0+(?:\\.0+)?%)\\d{1,2}(?:\\.\\d+)?%$"+"\""};
if(vErrors === null){
vErrors = [err95];
}
else {
vErrors.push(err95);
}
errors++;
}
}
else {
const err96 = {instancePath:instancePath+"/defaults/jitter",schemaPath:"#/definitions/jitter/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err96];
}
else {
vErrors.push(err96);
}
errors++;
}
}
if(data41.negative !== undefined){
let data52 = data41.negative;
if((typeof data52 !== "string") && (!(data52 && typeof data52 == "object" && !Array.isArray(data52)))){
const err97 = {instancePath:instancePath+"/defaults/negative",schemaPath:"#/definitions/negative/type",keyword:"type",params:{type: schema22.type},message:"must be string,object"};
if(vErrors === null){
vErrors = [err97];
}
else {
vErrors.push(err97);
}
errors++;
}
if(typeof data52 === "string"){
if(!pattern11.test(data52)){
const err98 = {instancePath:instancePath+"/defaults/negative",schemaPath:"#/definitions/negative/pattern",keyword:"pattern",params:{pattern: "^(?:store|skip)$"},message:"must match pattern \""+"^(?:store|skip)$"+"\""};
if(vErrors === null){
vErrors = [err98];
}
else {
vErrors.push(err98);
}
errors++;
}
}
if(data52 && typeof data52 == "object" && !Array.isArray(data52)){
if(data52.ttl === undefined){
const err99 = {instancePath:instancePath+"/defaults/negative",schemaPath:"#/definitions/negative/required",keyword:"required",params:{missingProperty: "ttl"},message:"must have required property '"+"ttl"+"'"};
if(vErrors === null){
vErrors = [err99];
}
else {
vErrors.push(err99);
}
errors++;
}
for(const key8 in data52){
if(!(key8 === "ttl")){
const err100 = {instancePath:instancePath+"/defaults/negative",schemaPath:"#/definitions/negative/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key8},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err100];
}
else {
vErrors.push(err100);
}
errors++;
}
}
if(data52.ttl !== undefined){
let data53 = data52.ttl;
if(typeof data53 === "string"){
if(!pattern7.test(data53)){
const err101 = {instancePath:instancePath+"/defaults/negative/ttl",schemaPath:"#/definitions/negative/properties/ttl/pattern",keyword:"pattern",params:{pattern: "^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*|forever)$"},message:"must match pattern \""+"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*|forever)$"+"\""};
if(vErrors === null){
vErrors = [err101];
}
else {
vErrors.push(err101);
}
errors++;
}
}
else {
const err102 = {instancePath:instancePath+"/defaults/negative/ttl",schemaPath:"#/definitions/negative/properties/ttl/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err102];
}
else {
vErrors.push(err102);
}
errors++;
}
}
}
}
if(data41["max-value-size"] !== undefined){
let data54 = data41["max-value-size"];
if(typeof data54 === "string"){
if(!pattern13.test(data54)){
const err103 = {instancePath:instancePath+"/defaults/max-value-size",schemaPath:"#/definitions/maxValueSize/pattern",keyword:"pattern",params:{pattern: "^0*[1-9]\\d*(?:[kKmMgG]?[bB])$"},message:"must match pattern \""+"^0*[1-9]\\d*(?:[kKmMgG]?[bB])$"+"\""};
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
const err104 = {instancePath:instancePath+"/defaults/max-value-size",schemaPath:"#/definitions/maxValueSize/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err104];
}
else {
vErrors.push(err104);
}
errors++;
}
}
if(data41["single-flight"] !== undefined){
let data55 = data41["single-flight"];
if((typeof data55 !== "string") && (!(data55 && typeof data55 == "object" && !Array.isArray(data55)))){
const err105 = {instancePath:instancePath+"/defaults/single-flight",schemaPath:"#/definitions/singleFlight/type",keyword:"type",params:{type: schema24.type},message:"must be string,object"};
if(vErrors === null){
vErrors = [err105];
}
else {
vErrors.push(err105);
}
errors++;
}
if(typeof data55 === "string"){
if(!pattern14.test(data55)){
const err106 = {instancePath:instancePath+"/defaults/single-flight",schemaPath:"#/definitions/singleFlight/pattern",keyword:"pattern",params:{pattern: "^(?:process|cluster)$"},message:"must match pattern \""+"^(?:process|cluster)$"+"\""};
if(vErrors === null){
vErrors = [err106];
}
else {
vErrors.push(err106);
}
errors++;
}
}
if(data55 && typeof data55 == "object" && !Array.isArray(data55)){
if(Object.keys(data55).length < 1){
const err107 = {instancePath:instancePath+"/defaults/single-flight",schemaPath:"#/definitions/singleFlight/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
if(vErrors === null){
vErrors = [err107];
}
else {
vErrors.push(err107);
}
errors++;
}
for(const key9 in data55){
if(!(((key9 === "scope") || (key9 === "lease")) || (key9 === "deadline"))){
const err108 = {instancePath:instancePath+"/defaults/single-flight",schemaPath:"#/definitions/singleFlight/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key9},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err108];
}
else {
vErrors.push(err108);
}
errors++;
}
}
if(data55.scope !== undefined){
let data56 = data55.scope;
if(typeof data56 === "string"){
if(!pattern14.test(data56)){
const err109 = {instancePath:instancePath+"/defaults/single-flight/scope",schemaPath:"#/definitions/singleFlight/properties/scope/pattern",keyword:"pattern",params:{pattern: "^(?:process|cluster)$"},message:"must match pattern \""+"^(?:process|cluster)$"+"\""};
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
const err110 = {instancePath:instancePath+"/defaults/single-flight/scope",schemaPath:"#/definitions/singleFlight/properties/scope/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err110];
}
else {
vErrors.push(err110);
}
errors++;
}
}
if(data55.lease !== undefined){
let data57 = data55.lease;
if(typeof data57 === "string"){
if(!pattern16.test(data57)){
const err111 = {instancePath:instancePath+"/defaults/single-flight/lease",schemaPath:"#/definitions/singleFlight/properties/lease/pattern",keyword:"pattern",params:{pattern: "^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*)$"},message:"must match pattern \""+"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*)$"+"\""};
if(vErrors === null){
vErrors = [err111];
}
else {
vErrors.push(err111);
}
errors++;
}
}
else {
const err112 = {instancePath:instancePath+"/defaults/single-flight/lease",schemaPath:"#/definitions/singleFlight/properties/lease/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err112];
}
else {
vErrors.push(err112);
}
errors++;
}
}
if(data55.deadline !== undefined){
let data58 = data55.deadline;
if(typeof data58 === "string"){
if(!pattern16.test(data58)){
const err113 = {instancePath:instancePath+"/defaults/single-flight/deadline",schemaPath:"#/definitions/singleFlight/properties/deadline/pattern",keyword:"pattern",params:{pattern: "^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*)$"},message:"must match pattern \""+"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*)$"+"\""};
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
const err114 = {instancePath:instancePath+"/defaults/single-flight/deadline",schemaPath:"#/definitions/singleFlight/properties/deadline/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err114];
}
else {
vErrors.push(err114);
}
errors++;
}
}
}
}
if(data41["write-back"] !== undefined){
let data59 = data41["write-back"];
if(!((data59 === "if-absent") || (data59 === "guarded"))){
const err115 = {instancePath:instancePath+"/defaults/write-back",schemaPath:"#/definitions/writeBack/enum",keyword:"enum",params:{allowedValues: schema25.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err115];
}
else {
vErrors.push(err115);
}
errors++;
}
}
if(data41.stale !== undefined){
let data60 = data41.stale;
if(data60 && typeof data60 == "object" && !Array.isArray(data60)){
for(const key10 in data60){
if(!(((key10 === "while-revalidate") || (key10 === "on-error")) || (key10 === "throttle"))){
const err116 = {instancePath:instancePath+"/defaults/stale",schemaPath:"#/definitions/stale/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key10},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err116];
}
else {
vErrors.push(err116);
}
errors++;
}
}
if(data60["while-revalidate"] !== undefined){
let data61 = data60["while-revalidate"];
if(typeof data61 === "string"){
if(!pattern16.test(data61)){
const err117 = {instancePath:instancePath+"/defaults/stale/while-revalidate",schemaPath:"#/definitions/stale/properties/while-revalidate/pattern",keyword:"pattern",params:{pattern: "^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*)$"},message:"must match pattern \""+"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*)$"+"\""};
if(vErrors === null){
vErrors = [err117];
}
else {
vErrors.push(err117);
}
errors++;
}
}
else {
const err118 = {instancePath:instancePath+"/defaults/stale/while-revalidate",schemaPath:"#/definitions/stale/properties/while-revalidate/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err118];
}
else {
vErrors.push(err118);
}
errors++;
}
}
if(data60["on-error"] !== undefined){
let data62 = data60["on-error"];
if(typeof data62 === "string"){
if(!pattern16.test(data62)){
const err119 = {instancePath:instancePath+"/defaults/stale/on-error",schemaPath:"#/definitions/stale/properties/on-error/pattern",keyword:"pattern",params:{pattern: "^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*)$"},message:"must match pattern \""+"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*)$"+"\""};
if(vErrors === null){
vErrors = [err119];
}
else {
vErrors.push(err119);
}
errors++;
}
}
else {
const err120 = {instancePath:instancePath+"/defaults/stale/on-error",schemaPath:"#/definitions/stale/properties/on-error/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err120];
}
else {
vErrors.push(err120);
}
errors++;
}
}
if(data60.throttle !== undefined){
let data63 = data60.throttle;
if(typeof data63 === "string"){
if(!pattern16.test(data63)){
const err121 = {instancePath:instancePath+"/defaults/stale/throttle",schemaPath:"#/definitions/stale/properties/throttle/pattern",keyword:"pattern",params:{pattern: "^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*)$"},message:"must match pattern \""+"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*)$"+"\""};
if(vErrors === null){
vErrors = [err121];
}
else {
vErrors.push(err121);
}
errors++;
}
}
else {
const err122 = {instancePath:instancePath+"/defaults/stale/throttle",schemaPath:"#/definitions/stale/properties/throttle/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err122];
}
else {
vErrors.push(err122);
}
errors++;
}
}
}
else {
const err123 = {instancePath:instancePath+"/defaults/stale",schemaPath:"#/definitions/stale/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err123];
}
else {
vErrors.push(err123);
}
errors++;
}
}
if(data41["refresh-ahead"] !== undefined){
let data64 = data41["refresh-ahead"];
if(typeof data64 === "string"){
if(!pattern21.test(data64)){
const err124 = {instancePath:instancePath+"/defaults/refresh-ahead",schemaPath:"#/definitions/refreshAhead/pattern",keyword:"pattern",params:{pattern: "^(?:xfetch|(?!0+(?:\\.0+)?%)\\d{1,2}(?:\\.\\d+)?%)$"},message:"must match pattern \""+"^(?:xfetch|(?!0+(?:\\.0+)?%)\\d{1,2}(?:\\.\\d+)?%)$"+"\""};
if(vErrors === null){
vErrors = [err124];
}
else {
vErrors.push(err124);
}
errors++;
}
}
else {
const err125 = {instancePath:instancePath+"/defaults/refresh-ahead",schemaPath:"#/definitions/refreshAhead/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err125];
}
else {
vErrors.push(err125);
}
errors++;
}
}
if(data41.timeouts !== undefined){
let data65 = data41.timeouts;
if(data65 && typeof data65 == "object" && !Array.isArray(data65)){
for(const key11 in data65){
if(!((key11 === "soft") || (key11 === "hard"))){
const err126 = {instancePath:instancePath+"/defaults/timeouts",schemaPath:"#/definitions/timeouts/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key11},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err126];
}
else {
vErrors.push(err126);
}
errors++;
}
}
if(data65.soft !== undefined){
let data66 = data65.soft;
if(typeof data66 === "string"){
if(!pattern16.test(data66)){
const err127 = {instancePath:instancePath+"/defaults/timeouts/soft",schemaPath:"#/definitions/timeouts/properties/soft/pattern",keyword:"pattern",params:{pattern: "^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*)$"},message:"must match pattern \""+"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*)$"+"\""};
if(vErrors === null){
vErrors = [err127];
}
else {
vErrors.push(err127);
}
errors++;
}
}
else {
const err128 = {instancePath:instancePath+"/defaults/timeouts/soft",schemaPath:"#/definitions/timeouts/properties/soft/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err128];
}
else {
vErrors.push(err128);
}
errors++;
}
}
if(data65.hard !== undefined){
let data67 = data65.hard;
if(typeof data67 === "string"){
if(!pattern16.test(data67)){
const err129 = {instancePath:instancePath+"/defaults/timeouts/hard",schemaPath:"#/definitions/timeouts/properties/hard/pattern",keyword:"pattern",params:{pattern: "^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*)$"},message:"must match pattern \""+"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*)$"+"\""};
if(vErrors === null){
vErrors = [err129];
}
else {
vErrors.push(err129);
}
errors++;
}
}
else {
const err130 = {instancePath:instancePath+"/defaults/timeouts/hard",schemaPath:"#/definitions/timeouts/properties/hard/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err130];
}
else {
vErrors.push(err130);
}
errors++;
}
}
}
else {
const err131 = {instancePath:instancePath+"/defaults/timeouts",schemaPath:"#/definitions/timeouts/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err131];
}
else {
vErrors.push(err131);
}
errors++;
}
}
if(data41.offload !== undefined){
let data68 = data41.offload;
if(typeof data68 === "string"){
if(!pattern24.test(data68)){
const err132 = {instancePath:instancePath+"/defaults/offload",schemaPath:"#/definitions/offload/pattern",keyword:"pattern",params:{pattern: "^(?:always|0*[1-9]\\d*(?:[kKmMgG]?[bB]))$"},message:"must match pattern \""+"^(?:always|0*[1-9]\\d*(?:[kKmMgG]?[bB]))$"+"\""};
if(vErrors === null){
vErrors = [err132];
}
else {
vErrors.push(err132);
}
errors++;
}
}
else {
const err133 = {instancePath:instancePath+"/defaults/offload",schemaPath:"#/definitions/offload/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err133];
}
else {
vErrors.push(err133);
}
errors++;
}
}
if(data41.validate !== undefined){
if(typeof data41.validate !== "boolean"){
const err134 = {instancePath:instancePath+"/defaults/validate",schemaPath:"#/definitions/validate/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err134];
}
else {
vErrors.push(err134);
}
errors++;
}
}
if(data41.isolation !== undefined){
let data70 = data41.isolation;
if(!(((data70 === "clone") || (data70 === "freeze")) || (data70 === "share"))){
const err135 = {instancePath:instancePath+"/defaults/isolation",schemaPath:"#/definitions/isolation/enum",keyword:"enum",params:{allowedValues: schema31.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err135];
}
else {
vErrors.push(err135);
}
errors++;
}
}
if(data41["event-keys"] !== undefined){
if(typeof data41["event-keys"] !== "boolean"){
const err136 = {instancePath:instancePath+"/defaults/event-keys",schemaPath:"#/definitions/eventKeys/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err136];
}
else {
vErrors.push(err136);
}
errors++;
}
}
if(data41.reads !== undefined){
let data72 = data41.reads;
if(!((data72 === "master") || (data72 === "replica"))){
const err137 = {instancePath:instancePath+"/defaults/reads",schemaPath:"#/definitions/reads/enum",keyword:"enum",params:{allowedValues: schema33.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err137];
}
else {
vErrors.push(err137);
}
errors++;
}
}
if(data41.recovery !== undefined){
let data73 = data41.recovery;
if((typeof data73 !== "boolean") && (!(data73 && typeof data73 == "object" && !Array.isArray(data73)))){
const err138 = {instancePath:instancePath+"/defaults/recovery",schemaPath:"#/definitions/recovery/type",keyword:"type",params:{type: schema34.type},message:"must be boolean,object"};
if(vErrors === null){
vErrors = [err138];
}
else {
vErrors.push(err138);
}
errors++;
}
if(data73 && typeof data73 == "object" && !Array.isArray(data73)){
for(const key12 in data73){
if(!(key12 === "max-keys")){
const err139 = {instancePath:instancePath+"/defaults/recovery",schemaPath:"#/definitions/recovery/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key12},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err139];
}
else {
vErrors.push(err139);
}
errors++;
}
}
if(data73["max-keys"] !== undefined){
let data74 = data73["max-keys"];
if(!(((typeof data74 == "number") && (!(data74 % 1) && !isNaN(data74))) && (isFinite(data74)))){
const err140 = {instancePath:instancePath+"/defaults/recovery/max-keys",schemaPath:"#/definitions/recovery/properties/max-keys/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err140];
}
else {
vErrors.push(err140);
}
errors++;
}
if((typeof data74 == "number") && (isFinite(data74))){
if(data74 > 1000000 || isNaN(data74)){
const err141 = {instancePath:instancePath+"/defaults/recovery/max-keys",schemaPath:"#/definitions/recovery/properties/max-keys/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000"};
if(vErrors === null){
vErrors = [err141];
}
else {
vErrors.push(err141);
}
errors++;
}
if(data74 < 1 || isNaN(data74)){
const err142 = {instancePath:instancePath+"/defaults/recovery/max-keys",schemaPath:"#/definitions/recovery/properties/max-keys/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
if(vErrors === null){
vErrors = [err142];
}
else {
vErrors.push(err142);
}
errors++;
}
}
}
}
}
if(data41.gutter !== undefined){
let data75 = data41.gutter;
if((typeof data75 !== "boolean") && (!(data75 && typeof data75 == "object" && !Array.isArray(data75)))){
const err143 = {instancePath:instancePath+"/defaults/gutter",schemaPath:"#/definitions/gutter/type",keyword:"type",params:{type: schema35.type},message:"must be boolean,object"};
if(vErrors === null){
vErrors = [err143];
}
else {
vErrors.push(err143);
}
errors++;
}
if(data75 && typeof data75 == "object" && !Array.isArray(data75)){
for(const key13 in data75){
if(!((key13 === "ttl") || (key13 === "max-entries"))){
const err144 = {instancePath:instancePath+"/defaults/gutter",schemaPath:"#/definitions/gutter/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key13},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err144];
}
else {
vErrors.push(err144);
}
errors++;
}
}
if(data75.ttl !== undefined){
let data76 = data75.ttl;
if(typeof data76 === "string"){
if(!pattern16.test(data76)){
const err145 = {instancePath:instancePath+"/defaults/gutter/ttl",schemaPath:"#/definitions/gutter/properties/ttl/pattern",keyword:"pattern",params:{pattern: "^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*)$"},message:"must match pattern \""+"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*)$"+"\""};
if(vErrors === null){
vErrors = [err145];
}
else {
vErrors.push(err145);
}
errors++;
}
}
else {
const err146 = {instancePath:instancePath+"/defaults/gutter/ttl",schemaPath:"#/definitions/gutter/properties/ttl/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err146];
}
else {
vErrors.push(err146);
}
errors++;
}
}
if(data75["max-entries"] !== undefined){
let data77 = data75["max-entries"];
if(!(((typeof data77 == "number") && (!(data77 % 1) && !isNaN(data77))) && (isFinite(data77)))){
const err147 = {instancePath:instancePath+"/defaults/gutter/max-entries",schemaPath:"#/definitions/gutter/properties/max-entries/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err147];
}
else {
vErrors.push(err147);
}
errors++;
}
if((typeof data77 == "number") && (isFinite(data77))){
if(data77 > 1000000 || isNaN(data77)){
const err148 = {instancePath:instancePath+"/defaults/gutter/max-entries",schemaPath:"#/definitions/gutter/properties/max-entries/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000"};
if(vErrors === null){
vErrors = [err148];
}
else {
vErrors.push(err148);
}
errors++;
}
if(data77 < 1 || isNaN(data77)){
const err149 = {instancePath:instancePath+"/defaults/gutter/max-entries",schemaPath:"#/definitions/gutter/properties/max-entries/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
if(vErrors === null){
vErrors = [err149];
}
else {
vErrors.push(err149);
}
errors++;
}
}
}
}
}
if(data41["max-loads"] !== undefined){
let data78 = data41["max-loads"];
if(!(((typeof data78 == "number") && (!(data78 % 1) && !isNaN(data78))) && (isFinite(data78)))){
const err150 = {instancePath:instancePath+"/defaults/max-loads",schemaPath:"#/definitions/maxLoads/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err150];
}
else {
vErrors.push(err150);
}
errors++;
}
if((typeof data78 == "number") && (isFinite(data78))){
if(data78 > 1000000 || isNaN(data78)){
const err151 = {instancePath:instancePath+"/defaults/max-loads",schemaPath:"#/definitions/maxLoads/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000"};
if(vErrors === null){
vErrors = [err151];
}
else {
vErrors.push(err151);
}
errors++;
}
if(data78 < 1 || isNaN(data78)){
const err152 = {instancePath:instancePath+"/defaults/max-loads",schemaPath:"#/definitions/maxLoads/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
if(vErrors === null){
vErrors = [err152];
}
else {
vErrors.push(err152);
}
errors++;
}
}
}
if(data41["on-backend-error"] !== undefined){
let data79 = data41["on-backend-error"];
if(!((data79 === "miss") || (data79 === "throw"))){
const err153 = {instancePath:instancePath+"/defaults/on-backend-error",schemaPath:"#/definitions/onBackendError/enum",keyword:"enum",params:{allowedValues: schema37.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err153];
}
else {
vErrors.push(err153);
}
errors++;
}
}
if(data41.mode !== undefined){
let data80 = data41.mode;
if(typeof data80 !== "string"){
const err154 = {instancePath:instancePath+"/defaults/mode",schemaPath:"#/definitions/mode/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err154];
}
else {
vErrors.push(err154);
}
errors++;
}
if(!((data80 === "async") || (data80 === "sync"))){
const err155 = {instancePath:instancePath+"/defaults/mode",schemaPath:"#/definitions/mode/enum",keyword:"enum",params:{allowedValues: schema38.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err155];
}
else {
vErrors.push(err155);
}
errors++;
}
}
if(data41.blocking !== undefined){
if(typeof data41.blocking !== "boolean"){
const err156 = {instancePath:instancePath+"/defaults/blocking",schemaPath:"#/definitions/blocking/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err156];
}
else {
vErrors.push(err156);
}
errors++;
}
}
if(data41["key-secret"] !== undefined){
if(typeof data41["key-secret"] !== "string"){
const err157 = {instancePath:instancePath+"/defaults/key-secret",schemaPath:"#/definitions/keySecret/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err157];
}
else {
vErrors.push(err157);
}
errors++;
}
}
if(data41["on-invalidation-error"] !== undefined){
let data83 = data41["on-invalidation-error"];
if(typeof data83 !== "string"){
const err158 = {instancePath:instancePath+"/defaults/on-invalidation-error",schemaPath:"#/definitions/onInvalidationError/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err158];
}
else {
vErrors.push(err158);
}
errors++;
}
if(!((data83 === "throw") || (data83 === "warn"))){
const err159 = {instancePath:instancePath+"/defaults/on-invalidation-error",schemaPath:"#/definitions/onInvalidationError/enum",keyword:"enum",params:{allowedValues: schema41.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err159];
}
else {
vErrors.push(err159);
}
errors++;
}
}
if(data41["long-lived"] !== undefined){
let data84 = data41["long-lived"];
if(typeof data84 === "string"){
if(!pattern7.test(data84)){
const err160 = {instancePath:instancePath+"/defaults/long-lived",schemaPath:"#/definitions/longLived/pattern",keyword:"pattern",params:{pattern: "^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*|forever)$"},message:"must match pattern \""+"^(?:\\d+(?:ms|s|m|h|d)|P(?=[\\dT]).*|forever)$"+"\""};
if(vErrors === null){
vErrors = [err160];
}
else {
vErrors.push(err160);
}
errors++;
}
}
else {
const err161 = {instancePath:instancePath+"/defaults/long-lived",schemaPath:"#/definitions/longLived/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err161];
}
else {
vErrors.push(err161);
}
errors++;
}
}
}
else {
const err162 = {instancePath:instancePath+"/defaults",schemaPath:"#/properties/defaults/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err162];
}
else {
vErrors.push(err162);
}
errors++;
}
}
if(data.caches !== undefined){
let data85 = data.caches;
if(data85 && typeof data85 == "object" && !Array.isArray(data85)){
if(Object.keys(data85).length < 1){
const err163 = {instancePath:instancePath+"/caches",schemaPath:"#/properties/caches/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
if(vErrors === null){
vErrors = [err163];
}
else {
vErrors.push(err163);
}
errors++;
}
for(const key14 in data85){
const _errs209 = errors;
if(typeof key14 === "string"){
if(!pattern5.test(key14)){
const err164 = {instancePath:instancePath+"/caches",schemaPath:"#/definitions/name/pattern",keyword:"pattern",params:{pattern: "^[a-z][A-Za-z0-9]*$"},message:"must match pattern \""+"^[a-z][A-Za-z0-9]*$"+"\"",propertyName:key14};
if(vErrors === null){
vErrors = [err164];
}
else {
vErrors.push(err164);
}
errors++;
}
}
else {
const err165 = {instancePath:instancePath+"/caches",schemaPath:"#/definitions/name/type",keyword:"type",params:{type: "string"},message:"must be string",propertyName:key14};
if(vErrors === null){
vErrors = [err165];
}
else {
vErrors.push(err165);
}
errors++;
}
var valid51 = _errs209 === errors;
if(!valid51){
const err166 = {instancePath:instancePath+"/caches",schemaPath:"#/properties/caches/propertyNames",keyword:"propertyNames",params:{propertyName: key14},message:"property name must be valid"};
if(vErrors === null){
vErrors = [err166];
}
else {
vErrors.push(err166);
}
errors++;
}
}
for(const key15 in data85){
if(!(validate13(data85[key15], {instancePath:instancePath+"/caches/" + key15.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data85,parentDataProperty:key15,rootData}))){
vErrors = vErrors === null ? validate13.errors : vErrors.concat(validate13.errors);
errors = vErrors.length;
}
}
}
else {
const err167 = {instancePath:instancePath+"/caches",schemaPath:"#/properties/caches/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err167];
}
else {
vErrors.push(err167);
}
errors++;
}
}
if(data.memoize !== undefined){
let data87 = data.memoize;
if(data87 && typeof data87 == "object" && !Array.isArray(data87)){
if(Object.keys(data87).length < 1){
const err168 = {instancePath:instancePath+"/memoize",schemaPath:"#/properties/memoize/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
if(vErrors === null){
vErrors = [err168];
}
else {
vErrors.push(err168);
}
errors++;
}
for(const key16 in data87){
const _errs216 = errors;
if(typeof key16 === "string"){
if(!pattern5.test(key16)){
const err169 = {instancePath:instancePath+"/memoize",schemaPath:"#/definitions/name/pattern",keyword:"pattern",params:{pattern: "^[a-z][A-Za-z0-9]*$"},message:"must match pattern \""+"^[a-z][A-Za-z0-9]*$"+"\"",propertyName:key16};
if(vErrors === null){
vErrors = [err169];
}
else {
vErrors.push(err169);
}
errors++;
}
}
else {
const err170 = {instancePath:instancePath+"/memoize",schemaPath:"#/definitions/name/type",keyword:"type",params:{type: "string"},message:"must be string",propertyName:key16};
if(vErrors === null){
vErrors = [err170];
}
else {
vErrors.push(err170);
}
errors++;
}
var valid54 = _errs216 === errors;
if(!valid54){
const err171 = {instancePath:instancePath+"/memoize",schemaPath:"#/properties/memoize/propertyNames",keyword:"propertyNames",params:{propertyName: key16},message:"property name must be valid"};
if(vErrors === null){
vErrors = [err171];
}
else {
vErrors.push(err171);
}
errors++;
}
}
for(const key17 in data87){
if(!(validate16(data87[key17], {instancePath:instancePath+"/memoize/" + key17.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data87,parentDataProperty:key17,rootData}))){
vErrors = vErrors === null ? validate16.errors : vErrors.concat(validate16.errors);
errors = vErrors.length;
}
}
}
else {
const err172 = {instancePath:instancePath+"/memoize",schemaPath:"#/properties/memoize/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err172];
}
else {
vErrors.push(err172);
}
errors++;
}
}
if(data.mutate !== undefined){
let data89 = data.mutate;
if(data89 && typeof data89 == "object" && !Array.isArray(data89)){
if(Object.keys(data89).length < 1){
const err173 = {instancePath:instancePath+"/mutate",schemaPath:"#/properties/mutate/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
if(vErrors === null){
vErrors = [err173];
}
else {
vErrors.push(err173);
}
errors++;
}
for(const key18 in data89){
const _errs223 = errors;
if(typeof key18 === "string"){
if(!pattern5.test(key18)){
const err174 = {instancePath:instancePath+"/mutate",schemaPath:"#/definitions/name/pattern",keyword:"pattern",params:{pattern: "^[a-z][A-Za-z0-9]*$"},message:"must match pattern \""+"^[a-z][A-Za-z0-9]*$"+"\"",propertyName:key18};
if(vErrors === null){
vErrors = [err174];
}
else {
vErrors.push(err174);
}
errors++;
}
}
else {
const err175 = {instancePath:instancePath+"/mutate",schemaPath:"#/definitions/name/type",keyword:"type",params:{type: "string"},message:"must be string",propertyName:key18};
if(vErrors === null){
vErrors = [err175];
}
else {
vErrors.push(err175);
}
errors++;
}
var valid57 = _errs223 === errors;
if(!valid57){
const err176 = {instancePath:instancePath+"/mutate",schemaPath:"#/properties/mutate/propertyNames",keyword:"propertyNames",params:{propertyName: key18},message:"property name must be valid"};
if(vErrors === null){
vErrors = [err176];
}
else {
vErrors.push(err176);
}
errors++;
}
}
for(const key19 in data89){
if(!(validate19(data89[key19], {instancePath:instancePath+"/mutate/" + key19.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data89,parentDataProperty:key19,rootData}))){
vErrors = vErrors === null ? validate19.errors : vErrors.concat(validate19.errors);
errors = vErrors.length;
}
}
}
else {
const err177 = {instancePath:instancePath+"/mutate",schemaPath:"#/properties/mutate/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err177];
}
else {
vErrors.push(err177);
}
errors++;
}
}
}
else {
const err178 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err178];
}
else {
vErrors.push(err178);
}
errors++;
}
validate10.errors = vErrors;
return errors === 0;
}
