// The switch "Do not disturb" of a chat.
var nim = api.require('nim');

function setDoNotDisturb(on) {
  nim.updateNotifyStateForUser({ userId: '1002', notify: !on }, function (ret, err) {
    console.log(ret ? 'Saved' : err.errorMessage);
  });
}

setDoNotDisturb(true);
