// Takes every call that comes in.
var nim = api.require('nim');

nim.onCallReceive(function (call) {
  nim.responseCall({ callID: call.callID, accept: true, type: call.type }, function (ret, err) {
    console.log(ret ? `Talking to ${call.caller}` : err.errorMessage);
  });
});
