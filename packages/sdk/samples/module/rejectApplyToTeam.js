// A manager turns applications down and says why.
var nim = api.require("nim");
var TEAM_APPLICATION = 0;

nim.onIMSystemMessageRecieved((notice) => {
  if (notice.type !== TEAM_APPLICATION) return;
  var answer = { teamId: notice.targetID, userId: notice.sourceID, rejectReason: "For the first floor only" };
  nim.rejectApplyToTeam(answer, (ret, err) => {
    console.log(ret ? "Refused" : err.errorMessage);
  });
});
