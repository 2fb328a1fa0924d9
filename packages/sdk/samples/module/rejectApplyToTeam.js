// A manager turns applications down and says why.
var nim = api.require('nim');
var TEAM_APPLICATION = 0;

nim.onIMSystemMessageRecieved(function (notice) {
  if (notice.type !== TEAM_APPLICATION) return;
  var answer = { teamId: notice.targetID, userId: notice.sourceID, rejectReason: 'For the first floor only' };
  nim.rejectApplyToTeam(answer, function (ret, err) {
    console.log(ret ? 'Refused' : err.errorMessage);
  });
});
