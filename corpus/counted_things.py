"""What Vietnamese reports and plans count: the nouns that make a number a quantity ("32 xã", "15 tuyến đường").

Left out are what rules number (điều, chương, bậc, nhóm), times and ages.
"""

from __future__ import annotations

_NAMES = """
thủ tục hành chính, tthc, dịch vụ công trực tuyến, dịch vụ công, dịch vụ, giấy chứng nhận, giấy phép, mã số vùng trồng,
đơn vị hành chính, xã, phường, thị trấn, đặc khu, huyện, quận, tỉnh, thành phố, địa phương, thôn, bản, ấp, làng nghề, làng,
khu dân cư, khu phố, tổ dân phố, cơ quan, cơ sở giáo dục, cơ sở dữ liệu, cơ sở,
doanh nghiệp, dn, hợp tác xã, htx, tổ hợp tác, hộ kinh doanh, trang trại, gia trại, nhà máy, làng nghề, cửa hàng, chợ, siêu thị,
cụm công nghiệp, cụm, khu công nghiệp, khu kinh tế, khu tái định cư, vùng, trung tâm, điểm đến, điểm bưu điện, điểm trường,
hộ gia đình, hộ nghèo, hộ cận nghèo, hộ dân, hộ, lượt người, lượt khách, lượt hộ, lượt, du khách, khách,
người dân, người lao động, người có công, người cao tuổi, người, nhân khẩu, lao động, công nhân, nông dân, phụ nữ, thanh niên,
trẻ em, trẻ, bé trai, học sinh, sinh viên, học viên, giáo viên, giảng viên, nhà khoa học, chuyên gia, nhân lực, kỹ sư,
bác sĩ, y sĩ, điều dưỡng, dược sĩ, bệnh nhân, ca mắc, ca bệnh, cán bộ, công chức, viên chức, biên chế, thẩm phán,
đảng viên, đảng bộ, chi bộ, tổ chức đảng, hội viên, đoàn viên, thành viên, xã viên, chiến sĩ, cộng tác viên, tình nguyện viên,
đối tượng, liệt sĩ, thương binh, hài cốt,
tiêu chí, chỉ tiêu, công trình, hạng mục, dự án, đề án, mô hình, chuỗi liên kết, chuỗi, sản phẩm, nhãn hiệu, sáng kiến, sáng chế,
đề tài, nhiệm vụ, nền tảng, phần mềm, tài khoản, thuê bao, hồ sơ, hợp đồng, gói thầu, thương vụ, thửa đất, đơn thư, tin báo,
trường học, trường, phòng học, nhà văn hóa, thư viện, trạm y tế, bệnh viện, giường bệnh, giường,
căn nhà, ngôi nhà, nhà tình nghĩa, nhà tình thương, căn hộ, căn, nhà,
vụ việc, vụ án, vụ, bị can, tuyến đường, tuyến, cây cầu, hồ chứa, trạm bơm, trạm, máy phát, dây chuyền, tổ máy,
suất quà, phần quà, suất học bổng, cây xanh, cây, lớp tập huấn, lớp, chuyến, tàu cá, tàu, ô tô, xe buýt, phương tiện,
tổ chức cơ sở đảng, tổ chức, đơn vị, công ty, ngân hàng, nhân viên, đại biểu, ca sinh, ca, đội, tổ, thiết bị, máy, xe, xuồng,
văn bản, báo cáo, nghị quyết, chương trình, hóa đơn, lĩnh vực, chỉ số, vị trí, đầu mối, bài báo, bài viết, tin bài, buổi, cuộc họp,
sáng kiến, di tích, lễ hội, nghề, khẩu, cuộc kiểm tra, cuộc thanh tra, hội nghị, gian hàng, điểm cầu, điểm phần trăm, văn bản quy phạm
"""
# "2 con số" counts no animals.
COUNTED = (*sorted({name.strip() for name in _NAMES.split(",")}, key=len, reverse=True), r"con(?!\W+số)")
