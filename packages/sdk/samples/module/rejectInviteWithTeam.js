// Turns invitations to teams down, with a friendly word.
var nim = api.require('nim');
var TEAM_INVITATION = 2;

nim.onIMSystemMessageRecieved(function (notice) {
  if (notice.type !== TEAM_INVITATION) return;
  var answer = { teamId: notice.targetID, invitorId: notice.sourceID, rejectReason: 'Too many teams, sorry' };
  nim.rejectInviteWithTeam(answer, function (ret, err) {
    console.log(ret ? 'Declined' : err.errorMessage);
  });
});
