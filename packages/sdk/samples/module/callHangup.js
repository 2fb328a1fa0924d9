// Cancels a call that rings for too long.
var nim = api.require("nim");

function cancel(callID) {
  nim.callHangup({ callID: callID }, (ret, err) => {
    console.log(ret ? "Call ended" : err.errorMessage);
  });
}

nim.startCall({ type: 1, callees: ["1002"] }, (ret) => {
  if (ret) cancel(ret.callID);
});
