// Opens the page of an incoming call.
var nim = api.require('nim');

nim.onCallReceive(function (call) {
  var kind = call.type === 2 ? 'video' : 'voice';
  var topic = call.extra ? JSON.parse(call.extra).topic : 'no topic';
  console.log(`${call.caller} is calling (${kind}): ${topic}`);
});
